// Narrows and sorts the results: on a wide screen at once, on a phone in a sheet that is sent when it is ready. Without
// script the same form stands in the page and has its button.
const WIDE = matchMedia("(width >= 768px)")
const INSIDE = { kabupaten: ["kecamatan", "desa"], kecamatan: ["desa"] }
const NEAREST = "terdekat"

export class Filters {
  static selector = "[data-component='filters']"

  constructor(element) {
    this.element = element
    this.form = element.querySelector("form")
    this.sheet = document.querySelector("dialog.sheet")
    this.status = document.querySelector("[data-near-status]")
    this.form.addEventListener("change", (event) => this.#change(event.target))
    this.form.querySelector(".prices").addEventListener("focusout", (event) => this.#leavePrices(event))
    this.form.addEventListener("click", (event) => this.#click(event))
    this.form.addEventListener("formdata", ({ formData }) => leaveOutTheEmpty(formData))
    document.querySelector("[data-open-filters]").addEventListener("click", (event) => this.#openSheet(event))
    this.sheet.addEventListener("click", ({ target }) => target === this.sheet && this.sheet.close())
    this.sheet.addEventListener("close", () => this.element.append(this.form))
    // A page brought back from history shows what it was made for, not what was chosen when it was left.
    addEventListener("pageshow", ({ persisted }) => persisted && this.form.reset())
    WIDE.addEventListener("change", () => this.sheet.close())
    this.#offerOrders(document.querySelector("[data-order]"))
    // Where the keyboard goes on is of this visit, not of the address.
    if (WIDE.matches && location.hash) history.replaceState(history.state, "", location.pathname + location.search)
    element.dataset.ready = ""
  }

  #openSheet(event) {
    event.preventDefault()
    this.sheet.append(this.form)
    this.sheet.showModal()
  }

  #click(event) {
    if (!this.sheet.open) return
    const link = event.target.closest("[data-close], [data-band]")
    if (!link) return
    event.preventDefault()
    if (!("band" in link.dataset)) return this.sheet.close()
    this.form.elements["harga-min"].value = link.dataset.lowest
    this.form.elements["harga-max"].value = link.dataset.highest
    this.#change(link)
  }

  #change(control) {
    // A kecamatan counts inside its kabupaten, and goes when that does.
    for (const name of INSIDE[control.name] ?? [])
      for (const inner of this.form.querySelectorAll(`[name='${name}']`)) inner.checked = false
    if (!this.sheet.open) {
      if (control.type !== "text") this.#send()
      return
    }
    // How many there will be is not known before they are asked for.
    this.form.querySelector("[data-apply]").textContent = this.element.dataset.changed
  }

  // A price band is complete when one has left both of its ends.
  #leavePrices({ currentTarget, relatedTarget }) {
    if (this.sheet.open || currentTarget.contains(relatedTarget)) return
    const hasChanged = [...currentTarget.querySelectorAll("input")].some((end) => end.value !== end.defaultValue)
    if (hasChanged) this.#send()
  }

  #send(where = this.element) {
    // Whoever goes on with the keyboard goes on where they were: among the filters, or at the order.
    if (WIDE.matches) this.form.action = `${location.pathname}#${where.id}`
    this.form.requestSubmit()
  }

  #offerOrders(select) {
    if (!select) return
    if (navigator.geolocation && isSecureContext && !select.querySelector(`[value='${NEAREST}']`))
      select.append(new Option(this.element.dataset.nearest, NEAREST))
    select.addEventListener("change", () => {
      const { lat, lng } = this.form.elements
      if (select.value !== NEAREST) {
        lat.value = lng.value = ""
        this.#send(select)
      } else this.#findPosition(lat, lng, select)
    })
  }

  #findPosition(lat, lng, select) {
    this.status.textContent = this.element.dataset.asking
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        lat.value = coords.latitude.toFixed(2)
        lng.value = coords.longitude.toFixed(2)
        this.#send(select)
      },
      () => {
        this.status.textContent = this.element.dataset.refused
        for (const option of select.options) option.selected = option.defaultSelected
      },
      { timeout: 15000, maximumAge: 600000 },
    )
  }
}

// An address names only what is set, so that it can be sent to somebody.
function leaveOutTheEmpty(formData) {
  for (const [name, value] of [...formData]) if (!value) formData.delete(name)
}
