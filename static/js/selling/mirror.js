// Keeps the server's copy of a draft like the phone's: a lost phone loses nothing that is older than the last signal.
import { createDraft, getDraft, listDrafts, markSent, noteDraft } from "./drafts.js"

const MOST_MERGES = 3
const NOT_OURS = "Kiriman ini tercatat pada akun lain. Simpan sebagai berkas, lalu hapus dari antrean."
const REFUSED = "Isian ini tidak bisa disimpan di server. Periksa lagi isinya."

// What the server is told of a draft.
export function contentOf({ purpose, fields, photos, revision }) {
  return { purpose, fields, photos: photos.map(({ id }) => id), revision }
}

// Tells the server how the draft is now; returns false when there is nothing more to do for it.
export async function mirror(server, id) {
  for (let merges = 0; merges < MOST_MERGES; merges++) {
    const draft = await getDraft(id)
    if (draft.revision <= draft.mirrored) return true
    const told = contentOf(draft)
    const { status, body } = await server.ask("PUT", `/jual/draf/${id}`, { json: told })
    if (status === 200) {
      await noteDraft(id, (kept) => {
        // A number that the server has already used would be taken for old.
        kept.revision += Math.max(0, body.revision - told.revision)
        kept.mirrored = Math.max(body.revision, told.revision)
        kept.base = { fields: told.fields, photos: told.photos }
      })
      return true
    }
    if (status === 409 && body.listing) {
      await markSent(id, body.listing)
      return false
    }
    if (status !== 409 || !body.draft) {
      await stop(id, status === 404 ? NOT_OURS : (body?.error?.message ?? REFUSED))
      return false
    }
    await noteDraft(id, (kept) => merge(kept, body.draft))
  }
  return true
}

// Leaves a draft alone until the person changes it or tries again.
export function stop(id, text, kind = "lain", errors = null) {
  return noteDraft(id, (draft) => {
    Object.assign(draft, { toSend: false, trouble: { kind, text, errors }, stoppedAt: draft.revision })
  })
}

// Puts together what two phones wrote: what this one changed since they agreed stays, the rest is the other's.
export function merge(draft, kept) {
  const base = draft.base ?? { fields: {}, photos: [] }
  const fields = { ...kept.fields }
  for (const name of new Set([...Object.keys(draft.fields), ...Object.keys(base.fields)])) {
    const ours = draft.fields[name]
    if (isSame(ours, base.fields[name])) continue
    if (ours === undefined) delete fields[name]
    else fields[name] = ours
  }
  const known = new Set(draft.photos.map(({ id }) => id))
  const removed = new Set(base.photos.filter((id) => !known.has(id)))
  const there = new Set(kept.photos.map(({ id }) => id))
  const stay = draft.photos.filter(({ id }) => there.has(id) || !base.photos.includes(id))
  const added = kept.photos.filter(({ id }) => !known.has(id) && !removed.has(id)).map(photoFromElsewhere)
  Object.assign(draft, {
    fields,
    photos: [...stay, ...added],
    revision: Math.max(draft.revision, kept.revision) + 1,
    mirrored: kept.revision,
    base: { fields: kept.fields, photos: [...there] },
  })
}

function isSame(one, other) {
  return JSON.stringify(one ?? "") === JSON.stringify(other ?? "")
}

// The drafts of this person that only the server has: from another phone, or from before this browser was emptied.
export async function listElsewhere(server) {
  const { status, body } = await server.ask("GET", "/jual/draf")
  if (status !== 200) return []
  const here = new Set((await listDrafts()).map(({ id }) => id))
  return body.drafts.filter(({ id, trashed }) => !trashed && !here.has(id))
}

// Goes on here with a draft that the server has; returns the draft.
export function takeOver(kept, person) {
  const { id, purpose, fields, revision } = kept
  const base = { fields, photos: kept.photos.map((photo) => photo.id) }
  const photos = kept.photos.map(photoFromElsewhere)
  return createDraft({ id, purpose, person, fields, photos, revision, mirrored: revision, base })
}

// Changes of another phone come to a draft that was not changed here.
export async function refresh(server, id) {
  const { status, body } = await server.ask("GET", `/jual/draf/${id}`)
  if (status === 409 && body.listing) return markSent(id, body.listing)
  if (status !== 200) return null
  const kept = body.draft ?? body
  const draft = await getDraft(id)
  if (!draft) return takeOver(kept, server.person)
  if (kept.revision <= draft.mirrored) return draft
  return noteDraft(id, (one) => {
    const isUnchanged = one.revision <= one.mirrored
    merge(one, kept)
    if (isUnchanged) one.revision = one.mirrored = kept.revision
  })
}

function photoFromElsewhere({ id, size, received, state, url, refusal }) {
  const states = { siap: "arrived", ditolak: "refused" }
  return { id, name: "", size, received, state: states[state] ?? "elsewhere", url, refusal }
}
