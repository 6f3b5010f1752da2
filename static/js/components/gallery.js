// Marks the small photo whose large one is in view, and brings a chosen one there without moving the page.
export class Gallery {
  static selector = "[data-component='gallery']"

  constructor(element) {
    this.strip = element.querySelector("[data-strip]")
    this.thumbs = [...element.querySelectorAll("[data-thumb]")]
    this.thumbs.forEach((thumb, index) => thumb.addEventListener("click", (event) => this.#show(event, index)))
    this.strip.addEventListener("scroll", () => this.#mark(), { passive: true })
    this.#mark()
  }

  #show(event, index) {
    event.preventDefault()
    this.strip.scrollTo({ left: index * this.strip.clientWidth })
  }

  #mark() {
    const current = Math.round(this.strip.scrollLeft / this.strip.clientWidth)
    this.thumbs.forEach((thumb, index) => {
      if (index === current) thumb.setAttribute("aria-current", "true")
      else thumb.removeAttribute("aria-current")
    })
  }
}
