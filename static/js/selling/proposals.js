// Proposes from the name what it may be: the category, one tap to change; what similar things cost nearby; the unit.
// Without signal, or when nothing comes, the plain list of categories stays.
const PAUSE = 500
const SHORTEST = 3

export class Proposals {
  #timer = null;
  #wished = "";
  #asked = "";
  #isTypedHere = false

  // `find` gives a part of the page by its name; `keep` keeps what was filled in for the person.
  constructor({ form, find, keep }) {
    Object.assign(this, { form, find, keep })
    this.category = form.elements.category
    this.field = this.category.closest(".field")
    this.place = find("categories")
    this.chips = Object.assign(document.createElement("div"), { className: "post-categories", hidden: true })
    this.chips.setAttribute("role", "group")
    this.chips.setAttribute("aria-label", "Kategori, dipilihkan dari namanya")
    this.place.append(this.chips)
    this.chips.addEventListener("click", ({ target }) => this.#tap(target.closest("button")))
    // Whoever has chosen keeps their choice, whatever the name becomes.
    this.isChosen = Boolean(this.category.value)
    this.category.addEventListener("change", () => (this.isChosen = true))
    form.elements.name.addEventListener("input", () => {
      this.#isTypedHere = true
      this.ask()
    })
  }

  // Asks for proposals once the name rests. A category that another tab has filled in or chosen stays as it is here.
  ask() {
    const name = this.form.elements.name.value.trim()
    if (name === this.#wished) return
    this.#wished = name
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#ask(name), PAUSE)
  }

  async #ask(name) {
    if (name.length < SHORTEST || name === this.#asked) return
    this.#asked = name
    try {
      const answer = await fetch(`${this.form.dataset.hints}?${new URLSearchParams({ name })}`, { redirect: "error" })
      if (answer.ok && name === this.#asked) this.#show(await answer.json())
    } catch {
      // Asked again with the next letter.
      this.#asked = this.#wished = ""
    }
  }

  #show({ categories, price, unit }) {
    this.find("price-hint").textContent = price?.text ?? ""
    if (unit) this.#proposeUnit(unit)
    if (!categories.length) return
    if (!this.isChosen && (this.#isTypedHere || !this.category.value)) this.#fill(this.category, categories[0].slug)
    const proposed = categories.map(({ slug, name }) => this.#chip(name, slug))
    this.chips.replaceChildren(...proposed, this.#chip("Lainnya…", ""))
    this.chips.hidden = false
    this.#mark()
  }

  // Nothing is put before the caret of somebody about to type: "kg" would become "bungkuskg".
  #proposeUnit(unit) {
    const control = this.form.elements.unit
    const propose = () => control.value || this.#fill(control, unit)
    if (document.activeElement === control) control.addEventListener("blur", propose, { once: true })
    else propose()
  }

  #chip(name, slug) {
    const chip = this.find("category").content.firstElementChild.cloneNode(true)
    Object.assign(chip, { textContent: name, value: slug })
    return chip
  }

  #tap(chip) {
    if (!chip) return
    this.isChosen = true
    if (chip.value) this.#fill(this.category, chip.value)
    this.#mark(!chip.value)
    if (!chip.value) this.category.focus()
  }

  // The whole list is there when another category is wished or already chosen.
  #mark(isOther = false) {
    const chips = [...this.chips.children]
    const isProposed = chips.some(({ value }) => value && value === this.category.value)
    const isWhole = isOther || !isProposed
    for (const chip of chips)
      chip.setAttribute("aria-pressed", String(chip.value ? chip.value === this.category.value && !isOther : isWhole))
    const control = this.field.querySelector("select")
    control.hidden = !isWhole
  }

  #fill(control, value) {
    control.value = value
    this.keep(control)
  }
}
