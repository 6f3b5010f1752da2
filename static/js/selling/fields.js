// What is typed into the form of a post: read into the fields of a draft, shown from them, and checked before sending,
// as far as that can be known without the server.
const OUTSIDE = new Set(["csrf_token", "draft", "photos", "kept", "removed", "version", "next", ""])
const THOUSANDS = /\B(?=(\d{3})+$)/g
const NAME = "Isi namanya dulu, 3 sampai 80 huruf."
const PRICE = "Isi harganya dulu, angka saja. Contoh: 18000"
const UNIT = "Isi satuannya dulu, misalnya bungkus."
const MONEY = new Set(["price", "regular_price"])

export class Fields {
  constructor(form) {
    this.form = form
  }

  has(name) {
    return !OUTSIDE.has(name ?? "") && !name.startsWith("position-")
  }

  // Puts what the form says for this name into the fields.
  read(name, fields) {
    const values = new FormData(this.form).getAll(name).map(String)
    fields[name] = this.#isList(name) ? values : (values[0] ?? "")
  }

  readAll(fields) {
    const names = new Set([...this.form.elements].map(({ name }) => name))
    for (const name of names) if (this.has(name)) this.read(name, fields)
  }

  // Shows what is kept, but never under the fingers of whoever is typing.
  show(fields, isFirst = false) {
    for (const control of this.form.elements) {
      if (!this.has(control.name) || !(control.name in fields)) continue
      if (!isFirst && control === document.activeElement) continue
      const value = fields[control.name]
      if (control.type === "checkbox")
        control.checked = Array.isArray(value) ? value.includes(control.value) : Boolean(value)
      else if (control.type === "radio") control.checked = control.value === value
      else if (control.value !== value) control.value = value
    }
  }

  // Writes an amount as it is read; tells whether something has changed.
  tidy(control) {
    if (!MONEY.has(control.name) || !/^\d{4,}$/.test(control.value.trim())) return false
    control.value = control.value.trim().replace(THOUSANDS, ".")
    return true
  }

  // Tells whether it may be sent; otherwise the first that is missing has the focus and says why.
  check() {
    const { name, price, ask_price: isAsked, unit } = this.form.elements
    const errors = {}
    const isPriced = !price || isAsked?.checked || /\d|tanya/i.test(price.value)
    if (name && name.value.trim().length < 3) errors.name = [NAME]
    if (!isPriced) errors.price = [PRICE]
    if (unit && !unit.value.trim()) errors.unit = [UNIT]
    this.complain(errors)
    return !Object.keys(errors).length
  }

  // Says at each field what is wrong with it.
  complain(errors) {
    for (const name of Object.keys(errors).reverse()) {
      const control = this.#control(name)
      if (!control) continue
      this.forgive(name)
      const words = Object.assign(document.createElement("p"), { className: "field__error", id: `${control.id}-wrong` })
      words.textContent = [errors[name]].flat().join(" ")
      const field = control.closest(".field, fieldset") ?? control.parentNode
      field.classList.add("field--invalid")
      field.append(words)
      control.setAttribute("aria-invalid", "true")
      this.before ??= new Map()
      this.before.set(name, control.getAttribute("aria-describedby"))
      control.setAttribute("aria-describedby", [this.before.get(name), words.id].filter(Boolean).join(" "))
      const fold = control.closest("details")
      if (fold) fold.open = true
      control.focus()
    }
  }

  // Takes the complaint away once somebody mends the field.
  forgive(name) {
    const control = this.#control(name)
    const words = control && document.getElementById(`${control.id}-wrong`)
    if (!words) return
    words.remove()
    control.closest(".field, fieldset")?.classList.remove("field--invalid")
    control.removeAttribute("aria-invalid")
    const before = this.before.get(name)
    if (before) control.setAttribute("aria-describedby", before)
    else control.removeAttribute("aria-describedby")
  }

  #control(name) {
    return this.form.querySelector(`[name='${CSS.escape(name)}']:not([type='hidden'])`)
  }

  #isList(name) {
    return this.form.querySelectorAll(`[type='checkbox'][name='${CSS.escape(name)}']`).length > 1
  }
}
