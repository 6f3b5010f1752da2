// Asks before somebody leaves while their posts wait on this phone: nobody else can send them.
import { countUnsent } from "../selling/drafts.js"

export class SignOut {
  static selector = "[data-component='sign-out']"

  constructor(form) {
    this.form = form
    this.dialog = form.querySelector("dialog")
    this.words = form.querySelector("[data-part='count']")
    form.addEventListener("submit", (event) => {
      if (event.submitter?.dataset.part === "leave") return
      event.preventDefault()
      this.#ask()
    })
  }

  async #ask() {
    // What cannot be counted keeps nobody from leaving.
    const count = await countUnsent(this.form.dataset.person).catch(() => 0)
    if (!count) return this.form.submit()
    this.words.textContent = this.words.dataset.text.replace("{jumlah}", count)
    if (this.dialog.showModal) return this.dialog.showModal()
    // A phone from before there were dialogs asks in its own way.
    const words = [...this.dialog.querySelectorAll("h2, p")].map(({ textContent }) => textContent)
    if (confirm(words.join(" "))) this.form.submit()
  }
}
