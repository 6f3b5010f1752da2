// Brings the photos of a draft to the server in small pieces, two at a time, and goes on where it stopped after a cut.
import { getDraft, getFile, noteDraft } from "./drafts.js"
import { NoSignal } from "./server.js"
import { settle } from "./settling.js"

const PIECE = 64 * 1024
const LARGEST = 20 * 1024 * 1024
const AT_ONCE = 2
const MOST_TURNS_BACK = 8
const SETTLED = new Set(["arrived", "refused"])
const TOO_HEAVY = "Foto ini lebih dari 20 MB. Ambil ulang dengan ukuran lebih kecil."
const LOST = "Foto ini belum sempat tersimpan di HP. Ambil sekali lagi."
const REFUSED = "Foto ini tidak bisa dipakai. Ambil sekali lagi."

// The server has forgotten the draft, or never had it.
export class Forgotten extends Error {}

// Brings every photo of the draft that has not arrived; one that fails does not stop the others.
export async function uploadPhotos(server, draftId) {
  const { photos } = await getDraft(draftId)
  const waiting = photos.filter(({ state }) => !SETTLED.has(state))
  const lane = async () => {
    for (let photo = waiting.shift(); photo; photo = waiting.shift()) await upload(server, draftId, photo)
  }
  const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane))
  const failed = lanes.find(({ status }) => status === "rejected")
  if (failed) throw failed.reason
}

async function upload(server, draftId, photo) {
  const { id } = photo
  const note = (changed) => notePhoto(draftId, id, changed)
  const blob = await settled(draftId, photo)
  // Of what another phone took a photo, this one has no file and waits for the other.
  if (!blob) return photo.state === "elsewhere" ? null : note({ state: "refused", refusal: LOST })
  if (blob.size > LARGEST) return note({ state: "refused", refusal: TOO_HEAVY })
  let answer = await announce(server, draftId, id, blob.size)
  let turnsBack = 0
  for (;;) {
    const { status, body } = answer
    if (status === 404) throw new Forgotten()
    if (status === 409 && body?.listing) return null
    if (status === 409 && answer.offset !== null) {
      // Another tab sent the same piece, or an answer was lost on its way; without an end to it there is a fault.
      if (++turnsBack > MOST_TURNS_BACK) throw new NoSignal()
    } else if (status >= 300) {
      if (status === 413) throw new NoSignal()
      return note({ state: "refused", refusal: body?.error?.message ?? REFUSED })
    }
    const received = answer.offset ?? body.received
    if (body.photo) return note({ state: "arrived", received: blob.size, url: body.photo.url })
    if (body.refusal) return note({ state: "refused", refusal: body.refusal })
    if (!(await note({ state: "sending", received }))) return null
    // When all has arrived the last piece is sent once more, and its answer tells what came of it.
    if (received === blob.size && ++turnsBack > MOST_TURNS_BACK) throw new NoSignal()
    const begin = received < blob.size ? received : Math.max(0, blob.size - PIECE)
    const bytes = await blob.slice(begin, begin + PIECE).arrayBuffer()
    answer = await server.ask("PATCH", `/jual/unggahan/${id}`, { bytes, offset: begin })
  }
}

function announce(server, draftId, id, size) {
  return server.ask("POST", "/jual/unggahan", { json: { id, draft: draftId, size } })
}

// A page that was closed while it made the photo smaller leaves that to whoever sends it.
async function settled(draftId, photo) {
  if (photo.state === "shrinking") await settle(draftId, photo.id)
  return getFile(photo.id)
}

// Returns the photo as it is kept now, or undefined when it was taken out of the draft meanwhile.
async function notePhoto(draftId, id, changed) {
  let photo
  await noteDraft(draftId, (draft) => {
    photo = draft.photos.find((one) => one.id === id)
    if (photo) Object.assign(photo, changed)
  })
  return photo
}
