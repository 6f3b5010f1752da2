// Suggests while one types: an editable combobox with a list (WAI-ARIA 1.2). A late answer never overwrites a newer one,
// and where none comes nothing is shown: the form works by itself.
const SHORTEST = 2
const PAUSE = 150
const PAUSE_TO_SAVE_DATA = 600

export class Suggest {
  static selector = "[data-component='suggest']"

  constructor(form) {
    this.form = form
    this.field = form.querySelector("input")
    this.asked = 0
    this.active = -1
    this.list = form.appendChild(document.createElement("ul"))
    Object.assign(this.list, { id: "saran", className: "suggest", hidden: true, role: "listbox", ariaLabel: form.dataset.label })
    this.status = form.appendChild(document.createElement("span"))
    Object.assign(this.status, { className: "for-reader", role: "status" })
    Object.assign(this.field, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" })
    this.field.setAttribute("aria-controls", this.list.id)
    this.field.addEventListener("input", () => this.#wait())
    this.field.addEventListener("keydown", (event) => this.#press(event))
    this.field.addEventListener("blur", () => this.#close())
    // The field keeps the focus, so that the list is still there when the finger leaves it.
    this.list.addEventListener("mousedown", (event) => event.preventDefault())
    this.list.addEventListener("click", (event) => this.#choose(event.target.closest("[role='option']")))
    // On a slow line one types before this script is there.
    if (document.activeElement === this.field) this.#wait()
  }

  #wait() {
    clearTimeout(this.timer)
    // What is marked was suggested for other words.
    this.#mark(-1)
    // Whatever is still on its way answers a question that nobody asks any more.
    this.request?.abort()
    const number = ++this.asked
    const words = this.field.value.trim()
    if (words.length < SHORTEST) return this.#close()
    const pause = navigator.connection?.saveData ? PAUSE_TO_SAVE_DATA : PAUSE
    this.timer = setTimeout(() => this.#ask(words, number), pause)
  }

  async #ask(words, number) {
    this.request = new AbortController()
    let items = []
    try {
      const url = `${this.form.dataset.url}?q=${encodeURIComponent(words)}`
      const answer = await fetch(url, { signal: this.request.signal, headers: { Accept: "application/json" } })
      if (answer.ok) items = (await answer.json()).items
    } catch {
      // A weak signal: what was suggested before no longer fits, so nothing is.
    }
    if (number === this.asked && document.activeElement === this.field) this.#show(items)
  }

  #show(items) {
    if (!items.length) return this.#close()
    this.options = items.map((item, index) => optionFor(item, `saran-${index}`))
    this.list.replaceChildren(...this.options)
    this.#mark(-1)
    this.#open(true)
    this.status.textContent = this.form.dataset.count.replace("{jumlah}", items.length)
  }

  #open(isOpen) {
    this.list.hidden = !isOpen
    this.field.ariaExpanded = String(isOpen)
  }

  #close() {
    clearTimeout(this.timer)
    this.asked++
    this.#mark(-1)
    this.#open(false)
    this.status.textContent = ""
  }

  #mark(index) {
    this.options?.[this.active]?.removeAttribute("aria-selected")
    this.active = index
    const option = this.options?.[index]
    if (!option) return this.field.removeAttribute("aria-activedescendant")
    option.ariaSelected = "true"
    this.field.setAttribute("aria-activedescendant", option.id)
    option.scrollIntoView({ block: "nearest" })
  }

  #press(event) {
    if (event.isComposing || this.list.hidden) return
    const last = this.options.length - 1
    // Beyond either end one is back in the field, from where the other end is one step away.
    const steps = {
      ArrowDown: () => this.#mark(this.active === last ? -1 : this.active + 1),
      ArrowUp: () => this.#mark(this.active === -1 ? last : this.active - 1),
      Escape: () => this.#close(),
    }
    if (this.active >= 0) {
      steps.Home = () => this.#mark(0)
      steps.End = () => this.#mark(last)
      steps.Enter = () => this.#choose(this.options[this.active])
    }
    if (!Object.hasOwn(steps, event.key)) return
    event.preventDefault()
    steps[event.key]()
  }

  #choose(option) {
    if (!option) return
    this.#close()
    location.assign(option.dataset.url)
  }
}

function optionFor({ text, where, url }, id) {
  const option = document.createElement("li")
  Object.assign(option, { id, className: "suggest__option", role: "option" })
  option.dataset.url = url
  option.append(text)
  if (where) option.appendChild(Object.assign(document.createElement("span"), { className: "suggest__where", textContent: where }))
  return option
}
