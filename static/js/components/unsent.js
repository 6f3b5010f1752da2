// Tells a seller's desk how many posts wait on this phone: the server counts only those that have reached it.
import { countUnsent } from "../selling/drafts.js"

export class Unsent {
  static selector = "[data-component='unsent']"

  constructor(element) {
    this.element = element
    this.link = element.querySelector("a")
    // What cannot be counted leaves what the server said.
    this.#show().catch(() => {})
  }

  async #show() {
    const { person, count } = this.element.dataset
    const all = Math.max(Number(count), await countUnsent(person))
    if (!all) return
    this.link.textContent = this.link.dataset.text.replace("{jumlah}", all)
    this.element.hidden = false
  }
}
