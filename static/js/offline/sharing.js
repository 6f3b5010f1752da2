// Photos that another app shares with Pasar KIM become a draft at once, also without signal.
import { addPhoto, createDraft, forget, getDraft, listDrafts, noteDraft } from "../selling/drafts.js"
import { ownerOf } from "./shelves.js"

const MOST_PHOTOS = 8
const LONGEST_NAME = 80
const PATIENCE = 3000
// The person of what was shared before anybody had signed in: whoever signs in next on this phone.
const SOMEBODY = ""

export async function keepShared(event) {
  const form = await event.request.formData()
  const photos = form.getAll("photos").filter((file) => file instanceof File && file.size)
  const person = (await personSignedIn()) ?? SOMEBODY
  const { id } = await createDraft({ purpose: "produk", person, fields: fieldsOf(form) })
  for (const photo of photos.slice(0, MOST_PHOTOS)) await addPhoto(id, photo, photo.name)
  if (await hasRoom(id)) return Response.redirect(`/jual/baru?draf=${id}`, 303)
  // What only this worker remembers is gone when it ends: the server keeps it, which leads to the same page.
  await forget(id)
  return fetch(event.request.url, { method: "POST", body: form, redirect: "manual" })
}

async function hasRoom(id) {
  const draft = await getDraft(id)
  return Boolean(draft) && !draft.unsaved && !draft.photos.some(({ unsaved }) => unsaved)
}

// Gives what was shared by nobody in particular to the person who has signed in.
export async function adoptShared(person) {
  for (const { id } of await listDrafts(SOMEBODY)) await noteDraft(id, (draft) => Object.assign(draft, { person }))
}

// What a chat sends along is a caption rather than a name when it is long or has several lines.
function fieldsOf(form) {
  const [title, text, url] = ["title", "text", "url"].map((name) => String(form.get(name) ?? "").trim())
  const isName = !title && text.length <= LONGEST_NAME && !/[\n:/]/.test(text)
  const name = (title || (isName ? text : "")).slice(0, LONGEST_NAME)
  const description = [isName ? "" : text, url].filter(Boolean).join("\n")
  return Object.fromEntries(Object.entries({ name, description }).filter(([, value]) => value))
}

async function personSignedIn() {
  try {
    const answer = await fetch("/jual/sesi", { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE) })
    if (answer.status === 401) return null
    if (answer.ok) return String((await answer.json()).person)
  } catch {
    // No signal: whoever sold from this phone last.
  }
  return (await ownerOf())?.person ?? null
}
