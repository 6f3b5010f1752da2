// Every post in the making is kept on the phone itself the moment it changes, so that a flat battery, a closed page or
// a lost signal costs nothing. One change is one transaction on what is kept, also with two tabs open: each alters only
// the field that was typed into, and the newest edit of a field stays. When the phone has no room left, what was added
// goes on in the memory of this page, says so, and is sent from there.
import { openDB } from "../vendor/idb-8.0.4/index.js"

const NAME = "pasar-kim-jual"
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const STORES = ["drafts", "files"]
const MOST_TRASHED = 3
const MOST_SENT = 10

const unsaved = { drafts: new Map(), files: new Map() }
const watchers = new Set()
const channel = globalThis.BroadcastChannel ? new BroadcastChannel(NAME) : null
channel?.addEventListener("message", ({ data }) => tellHere(data))
let opened = null
let turn = Promise.resolve()

// A ULID whose first part is random as well: the clock of a phone may say anything.
export function newId() {
  const [first, ...others] = crypto.getRandomValues(new Uint8Array(26))
  return ALPHABET[first % 8] + others.map((byte) => ALPHABET[byte % 32]).reduce((text, letter) => text + letter, "")
}

// Begins a draft of this person (their id as the page says it) and keeps it; `fields` as the form names them.
export async function createDraft({ purpose = "produk", person, fields = {}, id = newId(), photos = [], ...rest }) {
  const now = Date.now()
  const draft = {
    id,
    purpose,
    person: String(person),
    fields,
    photos,
    revision: 1,
    // The revision that the server has, and what it was then: `{ fields, photos }`.
    mirrored: 0,
    base: null,
    toSend: false,
    sent: null,
    trouble: null,
    trashed: false,
    step: 1,
    createdAt: now,
    updatedAt: now,
    ...rest,
  }
  globalThis.document && navigator.storage?.persist?.().catch(() => {})
  return alter(id, (kept) => kept ?? draft)
}

export async function getDraft(id) {
  if (unsaved.drafts.has(id)) return structuredClone(unsaved.drafts.get(id))
  const kept = await read((database) => database.get("drafts", id))
  return kept ?? null
}

// All drafts on this phone, of this person or of everybody; those begun last come first.
export async function listDrafts(person = null) {
  const kept = (await read((database) => database.getAll("drafts"))) ?? []
  const all = new Map([...kept, ...unsaved.drafts.values()].map((draft) => [draft.id, draft]))
  return [...all.values()]
    .filter((draft) => person === null || draft.person === String(person))
    .sort((one, other) => other.createdAt - one.createdAt)
}

// How many posts of this person would be lost with this phone.
export async function countUnsent(person = null) {
  return (await listDrafts(person)).filter((draft) => !draft.sent && !draft.trashed).length
}

// Changes what the person wrote: `change` gets the draft as it is kept now and must not wait for anything.
export function changeDraft(id, change) {
  return noteDraft(id, (draft) => {
    change(draft)
    draft.revision += 1
    draft.updatedAt = Date.now()
  })
}

// Notes how far sending has come; what the person wrote stays as it is.
export function noteDraft(id, change) {
  return alter(id, (draft) => {
    if (draft) change(draft)
    return draft
  })
}

// Keeps a photo as it came from the camera, at once; it is made smaller later.
export async function addPhoto(draftId, blob, name = "") {
  const photo = { id: newId(), name, size: blob.size, received: 0, state: "shrinking", refusal: null, url: null }
  const add = (draft) => {
    if (!draft) return null
    draft.photos.push({ ...photo, unsaved: unsaved.files.has(photo.id) })
    draft.revision += 1
    draft.updatedAt = Date.now()
    return draft
  }
  await alter(draftId, add, { id: photo.id, draft: draftId, blob })
  return photo
}

// Puts the smaller photo in the place of the first one; once it is settled its size stays, for the server counts by it.
export function settlePhoto(draftId, photoId, blob) {
  const settle = (draft) => {
    const photo = draft?.photos.find(({ id, state }) => id === photoId && state === "shrinking")
    if (!photo) return null
    Object.assign(photo, { size: blob.size, state: "waiting", unsaved: unsaved.files.has(photoId) })
    return draft
  }
  return alter(draftId, settle, { id: photoId, draft: draftId, blob })
}

// Takes a photo out of the draft; its file stays until the draft is sent, so that it can be put back.
export function removePhoto(draftId, photoId) {
  return changeDraft(draftId, (draft) => {
    draft.photos = draft.photos.filter(({ id }) => id !== photoId)
  })
}

export async function getFile(photoId) {
  const file = unsaved.files.get(photoId) ?? (await read((database) => database.get("files", photoId)))
  return file?.blob ?? null
}

export async function trash(id) {
  const draft = await noteDraft(id, (kept) => Object.assign(kept, { trashed: true, toSend: false }))
  // What the server still has would come back from there.
  const isGone = ({ trashed, mirrored, isTrashedThere }) => trashed && (!mirrored || isTrashedThere)
  await forgetAllBut(MOST_TRASHED, isGone, id)
  return draft
}

export function restore(id) {
  return noteDraft(id, (draft) => Object.assign(draft, { trashed: false }))
}

// Notes that the server has made a listing of it: `{ id, url }`. The photos are there now and need no room here.
export async function markSent(id, listing) {
  await noteDraft(id, (draft) => Object.assign(draft, { sent: listing, toSend: false, trouble: null, trashed: false }))
  await dropFiles(id)
  await forgetAllBut(MOST_SENT, ({ sent }) => sent, id)
}

// Shows what became of a draft; the queue need not tell it again.
export async function leadOn({ id, sent }) {
  await noteDraft(id, (draft) => Object.assign(draft, { isSeen: true }))
  location.replace(sent.url)
}

// Removes a draft from this phone for good.
export async function forget(id) {
  unsaved.drafts.delete(id)
  await dropFiles(id)
  await read((database) => database.delete("drafts", id))
  tell(id)
}

// Calls back with the id of a draft whenever one changes, here or in another tab; returns what ends it.
export function watch(callback) {
  watchers.add(callback)
  return () => watchers.delete(callback)
}

// The one place that writes. `change` gets the kept draft or undefined and returns what to keep, or null for nothing.
// Changes of this page take turns: in memory nothing else would keep two at once apart.
function alter(id, change, file = null) {
  const altered = turn.then(() => alterInTurn(id, change, file))
  turn = altered.catch(() => {})
  return altered
}

async function alterInTurn(id, change, file) {
  let draft
  try {
    draft = await write(id, change, file)
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    draft = await writeWithoutRoom(id, change, file)
  }
  if (draft) tell(id)
  return draft
}

async function write(id, change, file) {
  const transaction = (await open()).transaction(STORES, "readwrite")
  // Whoever waits for the end of the transaction hears of every fault in it.
  transaction.done.catch(() => {})
  const drafts = transaction.objectStore("drafts")
  const draft = change(unsaved.drafts.has(id) ? structuredClone(unsaved.drafts.get(id)) : await drafts.get(id))
  if (draft) {
    delete draft.unsaved
    drafts.put(draft).catch(() => {})
    if (file) transaction.objectStore("files").put(file).catch(() => {})
  }
  await transaction.done
  unsaved.drafts.delete(id)
  if (file) unsaved.files.delete(file.id)
  return draft
}

// No room: the file stays in memory while the words, which are small, may still find a place.
async function writeWithoutRoom(id, change, file) {
  if (file) {
    unsaved.files.set(file.id, file)
    try {
      return await write(id, change, null)
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
    }
  }
  const draft = change((await getDraft(id)) ?? undefined)
  if (draft) unsaved.drafts.set(id, Object.assign(draft, { unsaved: true }))
  return draft
}

async function dropFiles(draftId) {
  for (const [id, file] of unsaved.files) if (file.draft === draftId) unsaved.files.delete(id)
  await read(async (database) => {
    const transaction = database.transaction("files", "readwrite")
    for (const id of await transaction.store.index("draft").getAllKeys(draftId)) transaction.store.delete(id)
    await transaction.done
  })
}

async function forgetAllBut(most, kind, latest) {
  const others = (await listDrafts()).filter((draft) => kind(draft) && draft.id !== latest)
  for (const draft of others.slice(most - 1)) await forget(draft.id)
}

// What cannot be read counts as not there: a browser may forbid to keep anything.
async function read(ask) {
  try {
    return await ask(await open())
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    return null
  }
}

function open() {
  opened ??= openDB(NAME, 1, {
    upgrade(database) {
      database.createObjectStore("drafts", { keyPath: "id" })
      database.createObjectStore("files", { keyPath: "id" }).createIndex("draft", "draft")
    },
    // A newer page wants to change the stores, or the browser closed them: the next change opens them again.
    blocking(_current, _next, { target }) {
      target.close()
      opened = null
    },
    terminated: () => (opened = null),
  }).catch((error) => {
    opened = null
    throw error
  })
  return opened
}

function tell(id) {
  tellHere(id)
  channel?.postMessage(id)
}

function tellHere(id) {
  for (const callback of watchers) callback(id)
}
