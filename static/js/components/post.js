// A post in two steps: photos first, then what it is and what it costs. Every keystroke and photo is kept on the phone at
// once; opened again the page goes on where it was. Sending only marks the draft: the queue brings it to the KIM.
import { changeDraft, createDraft, getDraft, leadOn, newId, noteDraft, watch } from "../selling/drafts.js"
import { Fields } from "../selling/fields.js"
import { PhotoTexts } from "../selling/photo-texts.js"
import { Proposals } from "../selling/proposals.js"
import { askToBeWoken, keepSending, sendNow } from "../selling/sender.js"
import { SendingHere } from "../selling/sending-here.js"
import { Tiles } from "../selling/tiles.js"
import { FULL } from "../selling/words.js"

const QUEUE = "/jual/antrean"
const STEPS = ["photos", "details"]
const NO_PHOTO = "Tambahkan paling sedikit satu foto."
const TAKEN_BACK = "Kiriman ini menunggu sampai Anda tekan “Kirim ke KIM” lagi."

export class Post {
  static selector = "[data-component='post']";

  #writing = 0;
  #begun = null

  constructor(form) {
    this.form = form
    const { purpose, person, mostPhotos } = form.dataset
    Object.assign(this, { purpose, person, id: new URLSearchParams(location.search).get("draf") })
    this.fields = new Fields(form)
    this.next = find("next")
    this.send = find("send")
    this.notice = form.insertBefore(Object.assign(document.createElement("div"), { hidden: true }), form.firstChild)
    this.notice.setAttribute("role", "alert")
    this.notice.className = "note note--warn"
    this.tiles = new Tiles({ list: find("tiles"), find, most: Number(mostPhotos), draft: () => this.#edit() })
    this.texts = new PhotoTexts(find)
    if (form.elements.category && find("categories"))
      this.proposals = new Proposals({ form, find, keep: (control) => this.#keep(control) })
    form.addEventListener("input", ({ target }) => this.#keepTyped(target))
    form.addEventListener("change", ({ target }) => this.fields.tidy(target) && this.#keepTyped(target))
    form.addEventListener("submit", (event) => this.#submit(event))
    this.next.addEventListener("click", () => this.#goOn())
    document.querySelector(".top__back")?.addEventListener("click", (event) => this.#goBack(event))
    addEventListener("popstate", () => this.#showStep(history.state?.step ?? 1))
    // What only this page has would be lost with it.
    addEventListener("beforeunload", (event) => this.isUnsaved && event.preventDefault())
    find("shrinks").hidden = false
    for (const field of document.querySelectorAll("[data-part='by-number']")) field.remove()
    this.#open().finally(() => (form.dataset.ready = ""))
  }

  async #open() {
    let draft = this.id && (await getDraft(this.id))
    if (this.id && !draft) draft = await this.#fetch()
    if (draft?.sent) return leadOn(draft)
    // A draft is opened by whoever began it.
    if (!draft || draft.person !== this.person || draft.trashed) this.id = null
    else this.#show(draft, true)
    const step = draft?.trouble?.kind === "foto" ? 1 : (history.state?.step ?? draft?.step ?? 1)
    this.#replaceAddress(1)
    if (this.id && step > 1) this.#pushStep(step)
    this.#showStep(this.id ? step : 1)
    watch((id) => id === this.id && this.#refresh())
    await this.#keepEarly()
    keepSending()
  }

  // Over a weak signal a page is there for a while before its scripts are.
  async #keepEarly() {
    const isTyped = [...this.form.elements].some(
      ({ name, value, defaultValue }) => this.fields.has(name) && defaultValue !== undefined && value !== defaultValue,
    )
    if (!this.id && isTyped) await this.#write((draft) => this.fields.readAll(draft.fields))
    await this.tiles.addChosen()
  }

  // The draft may be on the server, from another phone of this person.
  async #fetch() {
    try {
      const [{ Server }, { refresh }] = await Promise.all([import("../selling/server.js"), import("../selling/mirror.js")])
      await refresh(await Server.enter(), this.id)
    } catch {
      return null
    }
    return getDraft(this.id)
  }

  // Begins the draft with the first thing that is written or photographed; returns its id.
  #begin() {
    if (this.id) return Promise.resolve(this.id)
    this.#begun ??= this.#create()
    return this.#begun
  }

  async #create() {
    const { id } = await createDraft({ id: newId(), purpose: this.purpose, person: this.person })
    this.id = id
    this.#replaceAddress(history.state?.step ?? 1)
    return id
  }

  // Begins the draft, or takes back one that waits for signal: half of a change is not sent by itself.
  async #edit() {
    const id = await this.#begin()
    if (!this.isWaiting || this.isSending) return id
    this.isWaiting = false
    await noteDraft(id, (draft) => Object.assign(draft, { toSend: false }))
    this.#tell(TAKEN_BACK)
    return id
  }

  async #keepTyped(control) {
    if (this.isWaiting && this.fields.has(control.name)) await this.#edit()
    await this.#keep(control)
  }

  async #keep(control) {
    const { name } = control
    if (!this.fields.has(name)) return
    this.fields.forgive(name)
    await this.#write((draft) => this.fields.read(name, draft.fields))
  }

  // While something is on its way to the store the form is newer than what is kept.
  async #write(change) {
    this.#writing += 1
    try {
      return await changeDraft(await this.#begin(), change)
    } finally {
      this.#writing -= 1
    }
  }

  async #refresh() {
    const draft = await getDraft(this.id)
    if (draft && !this.#writing) this.#show(draft)
  }

  #show(draft, isFirst = false) {
    if (draft.sent) return this.isSending || leadOn(draft)
    this.isWaiting = draft.toSend
    this.tiles.show(draft.photos, draft.id)
    this.texts.show(draft.photos, this.tiles.pictures)
    this.fields.show(draft.fields, isFirst)
    if (isFirst) {
      this.tiles.announce(draft.photos.length ? `${this.tiles.count} Tahan dan geser untuk mengurutkan.` : "")
      if (this.proposals) this.proposals.isChosen = Boolean(draft.fields.category)
      if (draft.trouble) this.#complain(draft.trouble)
    }
    // The name may have come from another tab.
    this.proposals?.ask()
    this.isUnsaved = draft.unsaved || draft.photos.some(({ unsaved, state }) => unsaved && state !== "arrived")
    if (this.isUnsaved) this.#warn(FULL)
    else if (this.notice.textContent === FULL) this.notice.hidden = true
    this.#summarise()
  }

  #summarise() {
    const pictures = [...this.tiles.list.querySelectorAll("img")].filter((image) => image.src)
    const shown = pictures.slice(0, 2).map((image) => image.cloneNode())
    const more = this.tiles.photos.length - shown.length
    const rest = Object.assign(document.createElement("span"), { textContent: `+${more}` })
    find("summary")?.replaceChildren(...shown, ...(more > 0 ? [rest] : []))
  }

  #goOn() {
    if (!this.tiles.photos.length) return this.#warn(NO_PHOTO)
    this.notice.hidden = true
    this.#pushStep(2)
    this.#showStep(2)
    this.form.querySelector(`[data-step='${STEPS[1]}'] h2`).focus()
  }

  #goBack(event) {
    if (this.step === 1) return
    event.preventDefault()
    event.stopImmediatePropagation()
    history.back()
  }

  #showStep(step) {
    this.step = step
    STEPS.forEach((name, index) => {
      this.form.querySelector(`[data-step='${name}']`).hidden = index + 1 !== step
    })
    this.next.hidden = step !== 1
    this.send.hidden = step === 1
    scrollTo(0, 0)
    if (this.id && !this.isSending) noteDraft(this.id, (draft) => Object.assign(draft, { step }))
  }

  #pushStep(step) {
    history.pushState({ step }, "", location.href)
  }

  #replaceAddress(step) {
    const url = new URL(location.href)
    if (this.id) url.searchParams.set("draf", this.id)
    else url.searchParams.delete("draf")
    history.replaceState({ step }, "", url)
  }

  async #submit(event) {
    event.preventDefault()
    if (!this.tiles.photos.length) {
      history.back()
      return this.#warn(NO_PHOTO)
    }
    if (!this.fields.check()) return
    this.send.disabled = true
    this.isSending = true
    const draft = await this.#write((kept) => {
      this.fields.readAll(kept.fields)
      Object.assign(kept, { toSend: true, trouble: null, stoppedAt: 0, isPaused: false })
    })
    await askToBeWoken()
    // Without a worker the browser would show its own page for "no signal", and what is only in memory stays here.
    if (this.isUnsaved || !(navigator.onLine || navigator.serviceWorker?.controller)) this.#sendHere(draft)
    else location.assign(`${QUEUE}#${draft.id}`)
  }

  #sendHere(draft) {
    const bar = this.send.closest(".bar")
    bar.hidden = true
    const mend = (trouble) => {
      bar.hidden = this.send.disabled = this.isSending = false
      this.#showStep(trouble.kind === "foto" ? 1 : 2)
      this.#complain(trouble)
    }
    // Nothing is only in this page any more.
    const leave = () => (this.isUnsaved = this.isSending = false)
    new SendingHere(this.form, draft.id, { mend, leave })
    sendNow()
  }

  #complain({ kind, text, errors }) {
    this.#warn(text)
    if (kind === "isian" && errors) this.fields.complain(errors)
  }

  #warn(text) {
    this.#tell(text)
    this.notice.scrollIntoView({ block: "center" })
  }

  #tell(text) {
    this.notice.textContent = text
    this.notice.hidden = false
  }
}

function find(name) {
  return document.querySelector(`[data-part='${name}']`)
}
