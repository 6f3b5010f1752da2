// Makes each photo of a draft small once, whoever asks first: the page that shows it or the sender that brings it.
import { getDraft, getFile, settlePhoto } from "./drafts.js"
import { shrink } from "./shrink.js"

const working = new Map()

// Waits until the photo is as small as it gets, and kept so.
export function settle(draftId, photoId) {
  if (!working.has(photoId))
    working.set(photoId, settleOnce(draftId, photoId).finally(() => working.delete(photoId)))
  return working.get(photoId)
}

async function settleOnce(draftId, photoId) {
  const draft = await getDraft(draftId)
  if (draft?.photos.find(({ id }) => id === photoId)?.state !== "shrinking") return
  const file = await getFile(photoId)
  if (file) await settlePhoto(draftId, photoId, await shrink(file))
}
