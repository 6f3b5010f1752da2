// Sends what waits, exactly once: the id of a draft makes its listing one, however often it is sent. One tab or worker
// at a time does the work; after a failure the pauses grow, and nothing here trusts the clock of the phone.
import { getDraft, listDrafts, markSent, noteDraft, watch } from "./drafts.js"
import { contentOf, mirror, stop } from "./mirror.js"
import { NoSignal, Server, SignedOut } from "./server.js"
import { Forgotten, uploadPhotos } from "./uploads.js"

const LOCK = "pasar-kim-kirim"
const TAG = "kirim"
const FIRST_PAUSE = 2_000
const LONGEST_PAUSE = 300_000
const PAUSE_WHEN_SIGNED_OUT = 60_000
// Longer than any request may take.
const PATIENCE_WITH_OTHERS = 75_000
// Typing is told to the server this often at most.
const PAUSE_WHILE_TYPING = 3_000
const MOST_ROUNDS = 3
const CHECK_FIELDS = "Ada isian yang perlu dilengkapi."
const CHECK_PHOTOS = "Ada foto yang tidak bisa dipakai. Ganti atau buang foto itu, lalu kirim lagi."
const STILL_ELSEWHERE = "Ada foto yang masih di HP lain. Kirim dari HP itu, atau buang fotonya di sini."
const SETTLED = new Set(["arrived", "refused", "elsewhere"])

let failures = 0
let timer = null
let isRunning = false
let isAskedAgain = false
let state = { hasSignal: true, isSignedOut: false, person: null }
const listeners = new Set()

// Sends everything that waits, once; refuses with NoSignal or SignedOut when something has to wait longer. A service
// worker calls this for the tag "kirim"; a page calls `keepSending`, which goes on by itself.
export async function sendWaiting() {
  const locks = globalThis.navigator?.locks
  if (!locks) return sendAll()
  if (globalThis.document) return sendInTurn(locks)
  return locks.request(LOCK, { ifAvailable: true }, (lock) => {
    if (lock) return sendAll()
    // A page is sending already. Should it be closed before the end, the browser asks this worker again.
    throw new NoSignal()
  })
}

// Waits for whoever is sending as long as there is progress: a tab that sleeps keeps its turn for ever.
async function sendInTurn(locks) {
  const ending = new AbortController()
  let waiting = null
  const wait = () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => ending.abort(), PATIENCE_WITH_OTHERS)
  }
  const unwatch = watch(wait)
  const begin = () => {
    unwatch()
    clearTimeout(waiting)
    waiting = null
    return sendAll()
  }
  wait()
  try {
    return await locks.request(LOCK, { signal: ending.signal }, begin)
  } catch (error) {
    // The server tells two that send at once apart by their pieces.
    if (ending.signal.aborted && waiting) return begin()
    throw error
  } finally {
    unwatch()
    clearTimeout(waiting)
  }
}

// Sends now and whenever there is something new and signal, as long as this page is open. Calls back with
// `{ hasSignal, isSignedOut, person }`; returns what ends the calls.
export function keepSending(callback = () => {}) {
  if (!listeners.size) {
    addEventListener("online", sendNow)
    addEventListener("offline", () => say({ hasSignal: false }))
    document.addEventListener("visibilitychange", () => document.hidden || sendNow())
    watch(() => failures || soon(PAUSE_WHILE_TYPING))
    soon(0)
  }
  listeners.add(callback)
  callback(state)
  return () => listeners.delete(callback)
}

// Somebody pressed a button, or the signal is back: no pause counts any more.
export function sendNow() {
  failures = 0
  clearTimeout(timer)
  timer = null
  soon(0)
}

// Whether a draft has something that the server does not know.
export function waits(draft) {
  if (draft.sent) return false
  // Also of a draft that is left alone: on other phones it would wait for ever.
  if (draft.trashed !== Boolean(draft.isTrashedThere) && draft.mirrored) return true
  if (draft.trashed || draft.isPaused || (draft.stoppedAt ?? 0) >= draft.revision) return false
  const isComing = draft.photos.some((photo) => !SETTLED.has(photo.state))
  return draft.toSend || draft.revision > draft.mirrored || isComing
}

function soon(pause) {
  timer ??= setTimeout(go, pause)
}

async function go() {
  timer = null
  if (isRunning) {
    isAskedAgain = true
    return
  }
  isRunning = true
  try {
    await sendWaiting()
    failures = 0
    say({ hasSignal: navigator.onLine, isSignedOut: false })
  } catch (error) {
    const isSignedOut = error instanceof SignedOut
    if (!isSignedOut && !(error instanceof NoSignal)) console.error(error)
    say({ hasSignal: isSignedOut || !(error instanceof NoSignal), isSignedOut })
    failures += 1
    const pause = Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE) * (0.75 + Math.random() / 2)
    soon(isSignedOut ? PAUSE_WHEN_SIGNED_OUT : pause)
    askToBeWoken()
  } finally {
    isRunning = false
    if (isAskedAgain) soon(0)
    isAskedAgain = false
  }
}

// Where the browser can, it sends even when the page is closed by then.
export async function askToBeWoken() {
  try {
    const registration = await navigator.serviceWorker?.getRegistration()
    await registration?.sync?.register(TAG)
  } catch {
    // The page itself goes on trying.
  }
}

function say(news) {
  state = { ...state, ...news }
  for (const callback of listeners) callback(state)
}

async function sendAll() {
  const waiting = (await listDrafts()).filter(waits)
  if (!waiting.length) return
  const server = await Server.enter()
  say({ person: server.person })
  // What the person has finished goes first; a draft belongs to whoever began it.
  const own = waiting.filter(({ person }) => person === server.person)
  const failed = []
  for (const { id } of own.sort((one, other) => Number(other.toSend) - Number(one.toSend))) {
    try {
      await bring(server, id)
    } catch (error) {
      if (error instanceof SignedOut) throw error
      // The others are tried as well: it may be the fault of this one.
      failed.push(error)
      if (error instanceof NoSignal && !error.status) break
    }
  }
  if (failed.length) throw failed.find((error) => !(error instanceof NoSignal)) ?? failed[0]
}

async function bring(server, id) {
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    try {
      if (!(await tell(server, id))) return
      await uploadPhotos(server, id)
      if (!(await finish(server, id))) return
    } catch (error) {
      if (!(error instanceof Forgotten)) throw error
      // The server has forgotten the draft: it is told again, and its photos begin anew.
      await noteDraft(id, (draft) => Object.assign(draft, { mirrored: 0, base: null }))
    }
  }
  throw new NoSignal()
}

// Tells how the draft is; returns false when nothing more is to be done for it.
async function tell(server, id) {
  const draft = await getDraft(id)
  if (!draft || draft.sent) return false
  const isTrashedThere = Boolean(draft.isTrashedThere)
  if (draft.trashed !== isTrashedThere && draft.mirrored) {
    const path = `/jual/draf/${id}`
    const { status, body } = await (draft.trashed ? server.ask("DELETE", path) : server.ask("POST", `${path}/pulihkan`))
    if (status === 409 && body.listing) return void (await markSent(id, body.listing))
    await noteDraft(id, (kept) => Object.assign(kept, { isTrashedThere: draft.trashed }))
  }
  return !draft.trashed && !draft.isPaused && mirror(server, id)
}

// Asks for the listing; returns whether the photos have to be brought once more.
async function finish(server, id) {
  const draft = await getDraft(id)
  if (!draft?.toSend || draft.trashed || draft.isPaused) return false
  if (draft.photos.some((photo) => photo.state === "refused")) {
    await stop(id, CHECK_PHOTOS, "foto")
    return false
  }
  const { status, body } = await server.ask("POST", `/jual/draf/${id}/kirim`, { json: contentOf(draft) })
  if (status === 200 || status === 201 || (status === 409 && body.listing)) {
    await markSent(id, body.listing)
    return false
  }
  if (status === 409 && body.missing) return bringAgain(id, body.missing)
  if (status === 409 && body.draft) return bringAgain(id, [])
  if (status === 404) throw new Forgotten()
  const errors = body?.errors ?? (body?.error?.field ? { [body.error.field]: [body.error.message] } : null)
  await stop(id, body?.error?.message ?? CHECK_FIELDS, errors ? "isian" : "lain", errors)
  return false
}

async function bringAgain(id, missing) {
  const { photos } = await getDraft(id)
  if (photos.some((photo) => missing.includes(photo.id) && photo.state === "elsewhere")) {
    await stop(id, STILL_ELSEWHERE, "foto")
    return false
  }
  await noteDraft(id, (draft) => {
    draft.mirrored = Math.min(draft.mirrored, draft.revision - 1)
    for (const photo of draft.photos)
      if (missing.includes(photo.id)) Object.assign(photo, { state: "waiting", received: 0 })
  })
  return true
}
