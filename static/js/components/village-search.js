// Finds one's village while one types, or by where one stands: an editable combobox with a list (WAI-ARIA 1.2). The form
// is sent with the code that was chosen, or with the words when none was; the server then asks.
const SHORTEST = 2
const PAUSE = 200
const PATIENCE = 15000

export class VillageSearch {
  static selector = "[data-component='village-search']"

  constructor(element) {
    this.texts = element.dataset
    this.field = element.querySelector("input[type='text']")
    this.status = element.querySelector("[data-part='status']")
    this.asked = 0
    this.active = -1
    this.options = []
    this.#sendTheCode(element)
    this.list = this.field.parentElement.appendChild(document.createElement("ul"))
    Object.assign(this.list, { id: "desa-saran", className: "suggest", hidden: true, role: "listbox" })
    this.list.setAttribute("aria-label", element.querySelector("label").textContent)
    Object.assign(this.field, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" })
    this.field.setAttribute("aria-controls", this.list.id)
    this.field.addEventListener("input", () => this.#wait())
    this.field.addEventListener("keydown", (event) => this.#press(event))
    this.field.addEventListener("blur", () => this.#close())
    this.field.addEventListener("pointerdown", () => (this.field.inputMode = "text"))
    // The field keeps the focus, so that the list is still there when the finger leaves it.
    this.list.addEventListener("mousedown", (event) => event.preventDefault())
    this.list.addEventListener("click", (event) => this.#choose(event.target.closest("[role='option']")))
    this.#offerPosition(element.querySelector("[data-part='here']"))
  }

  // One hidden field takes the place of the box and of the choices that a page without scripts offers.
  #sendTheCode(element) {
    const choices = element.querySelector("[data-part='choices']")
    const chosen = choices?.querySelector("input:checked")
    this.sent = document.createElement("input")
    Object.assign(this.sent, { type: "hidden", name: "village", value: chosen?.value ?? this.field.value })
    this.field.removeAttribute("name")
    this.field.after(this.sent)
    if (choices && !chosen) {
      choices.addEventListener("change", (event) => this.#take(event.target.value, labelOf(event.target)))
      for (const radio of choices.querySelectorAll("input")) radio.name = "village-choice"
    } else choices?.remove()
  }

  #offerPosition(button) {
    if (!navigator.geolocation) return
    button.hidden = false
    button.addEventListener("click", () => {
      this.#say(this.texts.wait)
      // The list comes without the keyboard, which would cover it.
      this.field.inputMode = "none"
      const options = { timeout: PATIENCE, maximumAge: 600000 }
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => this.#ask(`${this.texts.nearest}?lat=${coords.latitude}&lng=${coords.longitude}`, this.texts.away),
        () => this.#say(this.texts.refused),
        options,
      )
    })
  }

  #wait() {
    clearTimeout(this.timer)
    this.request?.abort()
    this.#mark(-1)
    this.sent.value = this.field.value
    const words = this.field.value.trim()
    if (words.length < SHORTEST) return this.#close()
    const address = `${this.texts.url}?q=${encodeURIComponent(words)}`
    this.timer = setTimeout(() => this.#ask(address, this.texts.none), PAUSE)
  }

  async #ask(address, whenNone) {
    const number = ++this.asked
    this.request = new AbortController()
    try {
      const answer = await fetch(address, { signal: this.request.signal, headers: { Accept: "application/json" } })
      const { villages = [] } = answer.ok ? await answer.json() : {}
      if (number === this.asked) this.#show(villages, whenNone)
    } catch {
      // A weak signal: the form finds the village when it is sent.
    }
  }

  #show(villages, whenNone) {
    if (!villages.length) {
      this.#close()
      return this.#say(whenNone)
    }
    this.options = villages.map((village, index) => optionFor(village, `desa-saran-${index}`))
    this.list.replaceChildren(...this.options)
    this.#mark(-1)
    this.#open(true)
    this.field.focus()
    this.#say(this.texts.count.replace("{jumlah}", villages.length))
  }

  #choose(option) {
    if (!option) return
    this.#take(option.dataset.code, option.dataset.name)
    this.#close()
  }

  #take(code, name) {
    this.sent.value = code
    this.field.value = name
    this.field.removeAttribute("aria-invalid")
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
    this.#say("")
  }

  #say(words) {
    this.status.textContent = words
    // What leads nowhere is said to those who see, too.
    const { none, away, refused, wait } = this.texts
    this.status.className = [none, away, refused, wait].includes(words) ? "field__hint" : "for-reader"
  }

  #mark(index) {
    this.options[this.active]?.removeAttribute("aria-selected")
    this.active = index
    const option = this.options[index]
    if (!option) return this.field.removeAttribute("aria-activedescendant")
    option.ariaSelected = "true"
    this.field.setAttribute("aria-activedescendant", option.id)
    option.scrollIntoView({ block: "nearest" })
  }

  #press(event) {
    if (event.isComposing || this.list.hidden) return
    const last = this.options.length - 1
    const steps = {
      ArrowDown: () => this.#mark(this.active === last ? -1 : this.active + 1),
      ArrowUp: () => this.#mark(this.active === -1 ? last : this.active - 1),
      Escape: () => this.#close(),
    }
    if (this.active >= 0) steps.Enter = () => this.#choose(this.options[this.active])
    if (!Object.hasOwn(steps, event.key)) return
    event.preventDefault()
    steps[event.key]()
  }
}

function labelOf(radio) {
  return radio.closest("label").textContent.trim().replace(/\s+/g, " ")
}

function optionFor({ code, name, where }, id) {
  const option = document.createElement("li")
  Object.assign(option, { id, className: "suggest__option", role: "option" })
  Object.assign(option.dataset, { code, name: `${name}, ${where}` })
  option.append(name)
  option.appendChild(Object.assign(document.createElement("span"), { className: "suggest__where", textContent: where }))
  return option
}
