// Opens the phone's own share sheet. Where there is none the link to WhatsApp stays, and one may copy the address.
export class Share {
  static selector = "[data-component='share']"

  constructor(element) {
    this.element = element
    this.link = element.querySelector("[data-share]")
    this.copyButton = element.querySelector("[data-copy]")
    this.status = element.querySelector("[role='status']")
    if (navigator.share) {
      this.link.addEventListener("click", (event) => this.#share(event))
    } else if (navigator.clipboard) {
      this.copyButton.hidden = false
      this.copyButton.addEventListener("click", () => this.#copy())
    }
  }

  async #share(event) {
    event.preventDefault()
    const { url, text } = this.element.dataset
    try {
      await navigator.share({ url, text })
    } catch (error) {
      // Closing the sheet is a choice; anything else leaves the way through WhatsApp.
      if (error.name !== "AbortError") location.assign(this.link.href)
    }
  }

  async #copy() {
    await navigator.clipboard.writeText(this.element.dataset.url)
    this.copyButton.lastChild.textContent = this.element.dataset.copied
    this.status.textContent = this.element.dataset.copied
  }
}
