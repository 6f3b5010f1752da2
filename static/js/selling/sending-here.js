// Shows in the page of the post itself how sending goes: when the phone has no room for the draft, or no page for the
// queue. Once it has arrived the page leads on.
import { getDraft, leadOn, watch } from "./drafts.js"
import { keepSending } from "./sender.js"
import { arrivedOf, draftWords, FULL, kilobytes } from "./words.js"

const SIGN_IN = `/masuk?${new URLSearchParams({ next: "/jual/antrean" })}`
const SAFE = "Akan dikirim saat ada sinyal. Anda tidak perlu mengisi ulang."

export class SendingHere {
  #state = { hasSignal: navigator.onLine, isSignedOut: false }

  // `mend` gets the trouble when the server found something to mend: the form is there again then. `leave` is called
  // before the page leads on.
  constructor(form, id, { mend, leave }) {
    Object.assign(this, { form, id, mend, leave })
    const words = ["h2", "p", "p"].map((name) => document.createElement(name))
    const [title, text, amount] = words
    Object.assign(this, { title, text, amount })
    title.tabIndex = -1
    this.meter = document.createElement("progress")
    this.meter.setAttribute("aria-label", "Foto yang sudah terkirim")
    this.panel = Object.assign(document.createElement("section"), { className: "wrap sending" })
    const status = document.createElement("div")
    status.setAttribute("role", "status")
    status.append(title, text)
    this.signIn = Object.assign(document.createElement("a"), { href: SIGN_IN, textContent: "Masuk dulu", hidden: true })
    this.signIn.className = "button button--main"
    this.panel.append(status, this.signIn, this.meter, amount)
    form.hidden = true
    form.after(this.panel)
    title.focus()
    const ends = [
      watch((changed) => changed === id && this.#show()),
      keepSending((state) => {
        this.#state = state
        this.#show()
      }),
    ]
    this.end = () => ends.forEach((end) => end())
  }

  async #show() {
    const draft = await getDraft(this.id)
    if (!draft) return
    if (draft.sent) {
      this.leave()
      return leadOn(draft)
    }
    if (draft.trouble) {
      this.end()
      this.panel.remove()
      this.form.hidden = false
      return this.mend(draft.trouble)
    }
    const { tag, text } = draftWords(draft, this.#state)
    const { received, total } = arrivedOf(draft)
    const isUnsaved = draft.unsaved || draft.photos.some((photo) => photo.unsaved)
    const isWaiting = !this.#state.hasSignal && !isUnsaved
    this.#say(this.title, isWaiting ? "Tersimpan di HP" : tag)
    this.#say(this.text, isUnsaved ? FULL : (text ?? (isWaiting ? SAFE : "")))
    this.#say(this.amount, `${kilobytes(received)} dari ${kilobytes(total)}`)
    this.signIn.hidden = !this.#state.isSignedOut || isUnsaved
    Object.assign(this.meter, { max: total || 1, value: received })
  }

  // Screen readers hear what changes, and nothing else.
  #say(element, words) {
    if (element.textContent !== words) element.textContent = words
  }
}
