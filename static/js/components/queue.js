// What waits to be sent from this phone, how far each has come, and what one can do about it. Drafts that only the server
// has, from another phone, stand below; when all is sent the page leads to what became of it.
import { addPhoto, createDraft, leadOn, listDrafts, noteDraft, restore, trash, watch } from "../selling/drafts.js"
import { listElsewhere, takeOver } from "../selling/mirror.js"
import { FileUnreadable, openParcel, sendParcel } from "../selling/parcel.js"
import { QueueRow } from "../selling/queue-row.js"
import { keepSending, sendNow } from "../selling/sender.js"
import { Server } from "../selling/server.js"
import { arrivedOf, draftWords, kilobytes } from "../selling/words.js"

const STORED = "Akan dikirim saat ada sinyal. Anda tidak perlu mengisi ulang."
const SIGN_IN = "Kiriman Anda aman di HP ini, dan lanjut sendiri setelah Anda masuk lagi."
const EDIT = { produk: "/jual/baru", "untuk-penjual": "/jual/untuk-penjual", wisata: "/jual/wisata/baru" }

export class Queue {
  static selector = "[data-component='queue']";

  #rows = new Map();
  #elsewhere = [];
  #state = { hasSignal: navigator.onLine, isSignedOut: false };
  #wasSending = new Set();
  // How fast it goes, by a clock that nobody can set.
  #start = null

  constructor(element) {
    this.element = element
    this.person = element.dataset.person
    find("rows").replaceChildren()
    find("plain").remove()
    find("again").addEventListener("click", () => this.#again())
    this.#offerFiles()
    const wished = location.hash.slice(1)
    if (wished) this.#wasSending.add(wished)
    watch(() => this.#soon())
    keepSending((state) => {
      const isBack = state.hasSignal && !this.#state.hasSignal
      this.#state = state
      if (isBack) this.#lookElsewhere()
      this.#soon()
    })
    this.#show()
    this.#lookElsewhere()
  }

  // Many small steps of progress are shown together.
  #soon() {
    this.frame ??= setTimeout(() => {
      this.frame = null
      this.#show()
    }, 100)
  }

  async #show() {
    const all = await listDrafts()
    const own = all.filter(({ person }) => person === this.person)
    const open = own.filter(({ sent, isSeen, trashed }) => !trashed && !(sent && isSeen))
    if (await this.#leadOn(open)) return
    const here = new Set(own.map(({ id }) => id))
    const elsewhere = this.#elsewhere.filter(({ id }) => !here.has(id))
    this.#fill(find("rows"), [...open, ...elsewhere])
    const trashed = own.filter((draft) => draft.trashed)
    this.#fill(find("trashed"), trashed)
    find("trash").hidden = !trashed.length
    find("none").hidden = open.length + elsewhere.length > 0
    this.#tellOfOthers(all.filter((draft) => draft.person !== this.person && !draft.sent && !draft.trashed))
    this.#tellHead(open.filter((draft) => draft.toSend && !draft.isPaused))
  }

  // Returns true when everything that was on its way has arrived and another page tells so.
  async #leadOn(open) {
    const moving = open.filter(({ toSend, isPaused }) => toSend && !isPaused)
    for (const { id } of moving) this.#wasSending.add(id)
    const arrived = open.filter(({ id, sent }) => sent && this.#wasSending.has(id))
    const isStuck = open.some(({ trouble, id }) => trouble && this.#wasSending.has(id))
    if (!arrived.length || moving.length || isStuck) return false
    for (const { id } of arrived.slice(1)) await noteDraft(id, (draft) => Object.assign(draft, { isSeen: true }))
    await leadOn(arrived[0])
    return true
  }

  #fill(list, drafts) {
    const wanted = drafts.map((draft) => {
      const row = this.#rows.get(draft.id) ?? new QueueRow(find("row"), find("photo"), this.#acts(draft.id))
      this.#rows.set(draft.id, row)
      row.show(draft, this.#state, this.#addressOf(draft))
      return row.element
    })
    if (wanted.length !== list.children.length || wanted.some((row, index) => list.children[index] !== row))
      list.replaceChildren(...wanted)
  }

  #addressOf({ id, purpose }) {
    return `${EDIT[purpose] ?? EDIT.produk}?draf=${id}`
  }

  #acts(id) {
    const change = (changes) => noteDraft(id, (draft) => Object.assign(draft, changes))
    return {
      send: async () => {
        await change({ toSend: true, trouble: null, stoppedAt: 0, isPaused: false })
        sendNow()
      },
      pause: () => change({ isPaused: true, toSend: false }),
      trash: async () => {
        await trash(id)
        find("trash").open = true
        this.#rows.get(id).focus()
      },
      restore: async () => {
        await restore(id)
        this.#rows.get(id).focus()
      },
      file: (draft) => sendParcel(draft, this.element.dataset.name),
      take: async (draft) => {
        await takeOver(draft, this.person)
        location.assign(this.#addressOf(draft))
      },
    }
  }

  #tellOfOthers(drafts) {
    find("others").hidden = !drafts.length
    find("others").textContent = `${drafts.length} kiriman akun lain di HP ini menunggu pemiliknya masuk.`
  }

  #tellHead(moving) {
    const { hasSignal, isSignedOut } = this.#state
    const isStored = !hasSignal && !isSignedOut
    find("head").hidden = !moving.length
    find("head").classList.toggle("queue__head--stored", isStored)
    find("petal").hidden = !isStored
    find("sign-in").hidden = !isSignedOut
    find("again").hidden = !moving.length
    find("total").hidden = !moving.length || isStored || isSignedOut
    find("advice").hidden = !moving.length || isSignedOut
    const { sending, stored } = find("advice-text").dataset
    say(find("advice-text"), isStored ? stored : sending)
    if (!moving.length) return
    if (isSignedOut) this.#title("Masuk dulu", SIGN_IN)
    else if (isStored) this.#title("Tersimpan di HP", STORED)
    else this.#tellTotal(moving)
  }

  #tellTotal(moving) {
    const sums = moving.map(arrivedOf)
    const received = sums.reduce((sum, one) => sum + one.received, 0)
    const total = sums.reduce((sum, one) => sum + one.total, 0)
    this.#start ??= { received, moment: performance.now() }
    const seconds = (performance.now() - this.#start.moment) / 1000
    const rate = (received - this.#start.received) / seconds
    const left = rate > 0 && seconds > 2 ? ` Kira-kira ${Math.ceil((total - received) / rate / 5) * 5} detik lagi.` : ""
    const words = draftWords(moving[0], this.#state).tag
    this.#title("Sedang dikirim…", words.replace(/^Sedang dikirim… ?/, "") || "Sebentar lagi selesai.")
    find("total").querySelector("progress").max = total || 1
    find("total").querySelector("progress").value = received
    say(find("amount"), `${Math.round(received / 1000)} dari ${kilobytes(total)}.${left}`)
    say(find("share"), `${total ? Math.floor((received / total) * 100) : 100}%`)
  }

  #title(title, text) {
    say(find("title"), title)
    say(find("text"), text)
  }

  async #again() {
    for (const { id, toSend } of await listDrafts(this.person)) if (toSend) await noteDraft(id, (kept) => (kept.stoppedAt = 0))
    sendNow()
  }

  async #lookElsewhere() {
    try {
      const server = await Server.enter()
      // Somebody else has signed in on this phone: the page is theirs then, unless it is an old one all the same.
      if (server.person !== this.person) return wasReloaded() || location.reload()
      this.#elsewhere = await listElsewhere(server)
    } catch {
      // Without signal the phone shows what it has itself.
    }
    this.#soon()
  }

  #offerFiles() {
    const place = find("open")
    if (!place) return
    place.hidden = false
    const error = find("open-error")
    place.querySelector("input").addEventListener("change", async ({ target }) => {
      error.hidden = true
      try {
        const { fields, photos } = await openParcel(target.files[0])
        const draft = await createDraft({ purpose: "untuk-penjual", person: this.person, fields })
        for (const { blob, name } of photos) await addPhoto(draft.id, blob, name)
        location.assign(this.#addressOf(draft))
      } catch (fault) {
        if (!(fault instanceof FileUnreadable)) throw fault
        error.hidden = false
        say(error, fault.message)
      }
      target.value = ""
    })
  }
}

function wasReloaded() {
  return performance.getEntriesByType("navigation")[0]?.type === "reload"
}

function find(name) {
  return document.querySelector(`[data-part='${name}']`)
}

function say(element, words) {
  if (element.textContent !== words) element.textContent = words
}
