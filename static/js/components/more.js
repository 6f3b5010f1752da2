// Puts the next page of results below those that are there. The address goes along, so that a reload and the way back
// lead to where one was; where anything fails the link does what it does without script.
export class More {
  static selector = "[data-component='more']"

  constructor(element) {
    this.element = element
    this.list = document.querySelector("[data-results] ul")
    this.beginsAtOne = !element.querySelector("[data-shown]").textContent.includes("–")
    element.addEventListener("click", (event) => {
      const link = event.target.closest("[data-more]")
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      if (!link.ariaBusy) this.#load(link)
    })
  }

  async #load(link) {
    link.ariaBusy = "true"
    link.textContent = link.dataset.more
    try {
      const answer = await fetch(link.href)
      if (!answer.ok) throw new Error(`${answer.status}`)
      this.#append(new DOMParser().parseFromString(await answer.text(), "text/html"), link.href)
    } catch {
      location.assign(link.href)
    }
  }

  #append(page, url) {
    const items = [...page.querySelectorAll("[data-results] ul > li")]
    this.list.append(...items)
    this.element.replaceChildren(...page.querySelector(More.selector).childNodes)
    const shown = this.element.querySelector("[data-shown]")
    if (this.beginsAtOne) shown.textContent = shown.dataset.shown
    history.replaceState(history.state, "", url)
    items[0].querySelector("a").focus({ preventScroll: true })
  }
}
