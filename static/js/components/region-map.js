// A tap on the map selects a region and fills the row below, so that small cities need no precise finger: the row is
// the link. Opening a region in a new tab works as with any link.
export class RegionMap {
  static selector = "[data-component='region-map']"

  constructor(element) {
    this.row = element.querySelector("[data-row]")
    this.name = element.querySelector("[data-row-name]")
    this.counts = element.querySelector("[data-row-counts]")
    this.selected = element.querySelector(".is-selected")
    element.querySelector("svg").addEventListener("click", (event) => this.#tap(event))
  }

  #tap(event) {
    const region = event.target.closest("a")
    if (!region || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    this.#select(region)
  }

  #select(region) {
    this.selected.classList.remove("is-selected")
    this.selected = region.firstElementChild
    this.selected.classList.add("is-selected")
    // What is drawn last lies on top, with its outline whole.
    region.parentNode.append(region)
    this.row.href = region.getAttribute("href")
    this.name.textContent = region.dataset.name
    this.counts.textContent = region.dataset.counts
  }
}
