// One draft in the queue: what it is, how far it has come in words, its photos while they travel, and its buttons.
import { getFile } from "./drafts.js"
import { draftWords, photoWords, priceWords } from "./words.js"

const HOUR = 3_600_000

export class QueueRow {
  #draft = null

  // `acts` are the functions behind the buttons: send, pause, trash, restore, file, take.
  constructor(template, photoTemplate, acts) {
    this.element = template.content.firstElementChild.cloneNode(true)
    this.element.tabIndex = -1
    this.photoTemplate = photoTemplate
    this.part = (name) => this.element.querySelector(`[data-part='${name}']`)
    const buttons = { pause: "pause", file: "file", "trash-it": "trash", restore: "restore" }
    for (const [name, act] of Object.entries(buttons)) this.part(name).addEventListener("click", () => acts[act](this.#draft))
    this.part("send").addEventListener("click", () => (this.isElsewhere ? acts.take(this.#draft) : acts.send(this.#draft)))
  }

  focus() {
    this.element.focus()
  }

  show(draft, state, address) {
    this.#draft = draft
    this.isElsewhere = !("toSend" in draft)
    const { fields, photos } = draft
    const words = this.isElsewhere ? { kind: "plain", tag: "Dari perangkat lain" } : draftWords(draft, state)
    this.element.dataset.draft = draft.id
    say(this.part("name"), fields.name || "Belum diberi nama")
    const facts = [priceWords(fields), `${photos.length} foto`, this.isElsewhere ? "" : age(draft)]
    say(this.part("facts"), facts.filter(Boolean).join(" · "))
    this.part("tag").className = `tag tag--${words.kind}`
    say(this.part("tag-words"), words.tag)
    for (const icon of this.part("tag").querySelectorAll("[data-kind]")) icon.hidden = icon.dataset.kind !== words.kind
    this.part("reason").hidden = !words.text
    say(this.part("reason"), words.text ?? "")
    picture(this.part("picture"), photos[0])
    this.#showPhotos(draft.sent || draft.trashed || !draft.toSend ? [] : photos)
    this.#offer(draft, address)
  }

  #offer(draft, address) {
    const { sent, trashed, toSend, trouble } = draft
    const isOpen = !sent && !trashed
    // Sent again unchanged it would be refused again.
    const isToMend = trouble?.kind === "isian"
    const shown = {
      send: isOpen && !toSend && !isToMend,
      pause: isOpen && toSend,
      edit: isOpen && !this.isElsewhere,
      file: isOpen && !this.isElsewhere && draft.photos.length > 0,
      "trash-it": isOpen && !this.isElsewhere,
      restore: trashed && !sent,
      look: Boolean(sent),
    }
    for (const [name, isShown] of Object.entries(shown)) this.part(name).hidden = !isShown
    say(this.part("send"), this.isElsewhere ? "Lanjutkan di sini" : trouble ? "Coba lagi" : "Kirim ke KIM")
    const edit = this.part("edit")
    edit.href = address
    edit.className = `button button--${isToMend ? "main" : "line"} button--slim`
    say(edit, isToMend ? "Perbaiki sekarang" : "Ubah")
    if (sent) this.part("look").href = sent.url
  }

  #showPhotos(photos) {
    const list = this.part("photos")
    list.hidden = !photos.length
    while (list.children.length > photos.length) list.lastElementChild.remove()
    photos.forEach((photo, index) => {
      const item = list.children[index] ?? list.appendChild(this.photoTemplate.content.firstElementChild.cloneNode(true))
      const part = (name) => item.querySelector(`[data-part='${name}']`)
      say(part("place"), index ? `Foto ${index + 1}` : "Foto utama")
      say(part("state"), photoWords(photo))
      item.classList.toggle("is-arrived", photo.state === "arrived")
      const meter = item.querySelector("progress")
      meter.setAttribute("aria-label", `Foto ${index + 1} yang sudah terkirim`)
      meter.max = photo.size || 1
      meter.value = photo.state === "arrived" ? meter.max : photo.received
      picture(part("picture"), photo)
    })
  }
}

async function picture(place, photo) {
  if (!photo || photo.state === "shrinking" || place.dataset.photo === photo.id) return
  place.dataset.photo = photo.id
  const file = await getFile(photo.id)
  const src = file ? URL.createObjectURL(file) : photo.url
  // Of a photo that is still on another phone there is nothing to show.
  if (src) place.replaceChildren(Object.assign(document.createElement("img"), { alt: "", src }))
}

// When it was written, as far as the phone's clock makes sense.
function age({ updatedAt }) {
  const passed = Date.now() - updatedAt
  if (passed < 0 || Number.isNaN(passed)) return ""
  if (passed < 60_000) return "baru saja"
  if (passed < HOUR) return `${Math.floor(passed / 60_000)} menit lalu`
  const moment = new Date(updatedAt)
  return passed < 12 * HOUR
    ? moment.toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" })
    : moment.toLocaleDateString("id-ID", { day: "numeric", month: "long" })
}

function say(element, words) {
  if (element.textContent !== words) element.textContent = words
}
