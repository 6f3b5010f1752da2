// Lets the buyer say how many, shows what that makes, and writes both into the order links of the page.
export class Quantity {
  static selector = "[data-component='quantity']"

  constructor(element) {
    this.element = element
    this.number = element.querySelector("input")
    this.choice = element.querySelector("select")
    this.total = element.querySelector("output")
    this.links = [...document.querySelectorAll("[data-order]")].map((link) => [link, new URL(link.href)])
    this.minimum = Number(this.number.min)
    this.maximum = Number(this.number.max)
    this.steps = [...element.querySelectorAll("button")]
    this.steps.forEach((button) => {
      button.addEventListener("click", () => this.#set(this.quantity + Number(button.dataset.step)))
    })
    this.number.addEventListener("input", () => this.#show())
    this.number.addEventListener("change", () => this.#set(this.quantity))
    this.choice?.addEventListener("change", () => this.#show())
    // A page brought back from history keeps what was typed.
    this.#set(this.quantity)
    element.dataset.ready = ""
  }

  get quantity() {
    return Math.min(Math.max(Math.round(Number(this.number.value)), this.minimum), this.maximum)
  }

  #set(quantity) {
    this.number.value = Math.min(Math.max(quantity, this.minimum), this.maximum)
    this.#show()
  }

  #show() {
    const quantity = this.quantity
    const price = Number(this.choice?.selectedOptions[0].dataset.price ?? this.element.dataset.price)
    const subtotal = `Rp${String(price * quantity).replace(/\B(?=(\d{3})+$)/g, ".")}`
    this.total.textContent = subtotal
    this.steps.forEach((button) => {
      button.disabled = quantity === (Number(button.dataset.step) < 0 ? this.minimum : this.maximum)
    })
    const line = this.element.dataset.line
      .replace("{jumlah}", () => quantity)
      .replace("{pilihan}", () => this.choice?.value ?? "")
      .replace("{subtotal}", () => subtotal)
    const label = line.slice(0, line.indexOf(":") + 1)
    this.links.forEach(([link, url]) => {
      const text = url.searchParams.get("text").split("\n").map((old) => (old.startsWith(label) ? line : old))
      // A space written as + stays a + in some versions of WhatsApp, so the text is encoded by hand.
      link.href = `${url.origin}${url.pathname}?text=${encodeURIComponent(text.join("\n"))}`
    })
  }
}
