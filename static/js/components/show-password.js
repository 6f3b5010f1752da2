// Shows what is typed as a password, to whoever types on a small phone and is alone with it.
export class ShowPassword {
  static selector = "[data-component='show-password']"

  constructor(element) {
    const form = element.closest("form")
    this.fields = form.querySelectorAll("input[type='password']")
    this.box = element.querySelector("input")
    this.box.addEventListener("change", () => this.#show(this.box.checked))
    // What is sent in the open would be offered by the browser to whoever types there next.
    form.addEventListener("submit", () => this.#show(false))
    this.box.checked = false
    element.hidden = false
  }

  #show(isShown) {
    this.box.checked = isShown
    for (const field of this.fields) field.type = isShown ? "text" : "password"
  }
}
