// The photos of a draft as tiles: added at once, made small beside the page, put in order by holding and dragging or
// with the keyboard, taken out and put back. The first one is the cover.
import { addPhoto, changeDraft, getFile, removePhoto } from "./drafts.js"
import { Drag } from "./drag.js"
import { settle } from "./settling.js"
import { photoWords } from "./words.js"

export class Tiles {
  #pictures = new Map();
  #shrinking = new Set();
  #removed = null

  // `draft` gives the id of the draft to whoever changes it, beginning it when there is none yet; `find` a part of the
  // page by its name.
  constructor({ list, find, most, draft }) {
    Object.assign(this, { list, find, most, draft, photos: [] })
    this.status = find("tiles-status")
    this.undo = Object.assign(document.createElement("button"), { type: "button", textContent: "Urungkan", hidden: true })
    this.undo.className = "button button--text"
    this.undo.addEventListener("click", () => this.#putBack())
    this.status.after(this.undo)
    list.replaceChildren()
    list.addEventListener("click", (event) => this.#click(event))
    list.addEventListener("keydown", (event) => this.#press(event))
    new Drag(list, (ids) => this.#order(ids, "Urutan foto diganti."))
    this.inputs = ["camera", "gallery"].map(find)
    for (const input of this.inputs) input.addEventListener("change", () => this.#add(input))
  }

  // Adds what was photographed before this script had come over a weak signal.
  async addChosen() {
    for (const input of this.inputs) if (input.files.length) await this.#add(input)
  }

  // Shows the photos as the draft has them now.
  show(photos, draftId) {
    this.photos = photos
    const focused = document.activeElement
    const shown = new Map([...this.list.children].map((tile) => [tile.dataset.photo, tile]))
    for (const [id, tile] of shown) if (!photos.some((photo) => photo.id === id)) tile.remove()
    photos.forEach((photo, index) => {
      const tile = shown.get(photo.id) ?? this.#draw(photo)
      if (this.list.children[index] !== tile && !this.list.hasAttribute("data-dragging"))
        this.list.insertBefore(tile, this.list.children[index] ?? null)
      this.#tell(tile, photo, index)
      if (photo.state === "shrinking") this.#shrink(photo.id, draftId)
    })
    // Whoever moves a photo with the keyboard stays at it.
    if (focused !== document.activeElement && this.list.contains(focused)) focused.focus()
    this.find("camera-label").textContent = photos.length ? "Foto lagi" : "Ambil foto"
  }

  get pictures() {
    return [...this.list.querySelectorAll("img")]
  }

  get count() {
    return `${this.photos.length} dari ${this.most} foto.`
  }

  announce(text) {
    this.status.textContent = text
  }

  #draw(photo) {
    const tile = this.find("tile").content.firstElementChild.cloneNode(true)
    tile.dataset.photo = photo.id
    tile.querySelector("img").draggable = false
    // A tap brings the buttons, and the arrow keys move what has the focus.
    tile.tabIndex = 0
    return tile
  }

  #tell(tile, photo, index) {
    const part = (name) => tile.querySelector(`[data-part='${name}']`)
    const place = `Foto ${index + 1}`
    part("cover-mark").hidden = index > 0
    part("make-cover").hidden = part("earlier").hidden = index === 0
    part("later").hidden = index === this.photos.length - 1
    part("remove").setAttribute("aria-label", `Buang foto ${index + 1}`)
    part("earlier").setAttribute("aria-label", `Geser foto ${index + 1} ke depan`)
    part("later").setAttribute("aria-label", `Geser foto ${index + 1} ke belakang`)
    part("make-cover").setAttribute("aria-label", `Jadikan utama: foto ${index + 1}`)
    part("picture").alt = place
    const words = photoWords(photo)
    if (part("state").textContent !== words) part("state").textContent = words
    tile.dataset.state = photo.state
    this.#picture(part("picture"), photo)
  }

  // The large photo would keep a weak phone busy: shown is the small one, as soon as it is there.
  async #picture(image, { id, state, url }) {
    if (image.src || state === "shrinking" || this.#pictures.has(id)) return
    this.#pictures.set(id, "")
    const file = await getFile(id)
    if (!file && !url) this.#pictures.delete(id)
    else image.src = file ? URL.createObjectURL(file) : url
  }

  async #add(input) {
    const files = [...input.files].filter(({ type, size }) => size && (!type || type.startsWith("image/")))
    const before = this.photos.length
    const free = this.most - before
    // The browser's own field is emptied only when every photo is kept.
    const id = await this.draft()
    for (const file of files.slice(0, free)) await addPhoto(id, file, file.name)
    input.value = ""
    const tooMany = files.length > free ? ` Paling banyak ${this.most} foto, sisanya tidak ditambahkan.` : ""
    this.announce(`${before + Math.min(files.length, free)} dari ${this.most} foto.${tooMany} Tahan dan geser untuk mengurutkan.`)
  }

  // Also of photos whose page was closed before they were small.
  async #shrink(id, draftId) {
    if (this.#shrinking.has(id)) return
    this.#shrinking.add(id)
    await settle(draftId, id)
    // It may be put back as it was.
    this.#shrinking.delete(id)
  }

  #click({ target }) {
    const button = target.closest("button")
    if (!button) return
    const tile = button.closest("[data-photo]")
    const index = this.#indexOf(tile)
    const acts = { remove: () => this.#remove(tile, index), "make-cover": () => this.#move(tile, index, 0) }
    acts.earlier = () => this.#move(tile, index, index - 1)
    acts.later = () => this.#move(tile, index, index + 1)
    acts[button.dataset.part]?.()
  }

  #press(event) {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key]
    const tile = event.target.closest("[data-photo]")
    if (!step || !tile) return
    event.preventDefault()
    this.#move(tile, this.#indexOf(tile), this.#indexOf(tile) + step)
  }

  async #move(tile, from, to) {
    if (to < 0 || to >= this.photos.length) return
    const ids = this.photos.map(({ id }) => id)
    ids.splice(to, 0, ...ids.splice(from, 1))
    await this.#order(ids, `Foto ${from + 1} sekarang urutan ${to + 1}${to ? "" : ", foto utama"}.`)
    // The button that was pressed may be gone now; the keyboard stays at the photo.
    tile.focus()
  }

  async #order(ids, words) {
    const place = (photo) => (ids.includes(photo.id) ? ids.indexOf(photo.id) : ids.length)
    await changeDraft(await this.draft(), (draft) => draft.photos.sort((one, other) => place(one) - place(other)))
    this.announce(words)
  }

  async #remove(tile, index) {
    this.#removed = { photo: this.photos[index], index }
    const next = tile.nextElementSibling ?? tile.previousElementSibling
    await removePhoto(await this.draft(), tile.dataset.photo)
    this.announce(`Foto ${index + 1} dibuang. ${this.count}`)
    this.undo.hidden = false
    ;(next ?? this.undo).focus({ preventScroll: true })
  }

  async #putBack() {
    const { photo, index } = this.#removed
    await changeDraft(await this.draft(), ({ photos }) => {
      if (!photos.some(({ id }) => id === photo.id)) photos.splice(index, 0, photo)
    })
    this.undo.hidden = true
    this.announce(`Foto ${index + 1} dikembalikan. ${this.count}`)
    this.list.children[index]?.focus()
  }

  #indexOf(tile) {
    return this.photos.findIndex(({ id }) => id === tile.dataset.photo)
  }
}
