// Files whose address says their content, and photos: what is on the phone is never fetched again.
import { PHOTOS, SEEN_FILES, isKeepable, put, takeAnywhere } from "./shelves.js"

const FILE = /^\/static\/.*[.-][0-9a-f]{12}[./]/
const PHOTO = /^\/foto\/[0-9a-f]{32}-\d+\.webp$/
// Photos on a seller's own pages may be of drafts: they stay with the browser, which forgets them by itself.
const OWN_PAGE = /^\/(jual|akun)(\/|$)/

export function shelfOfFile(url, referrer = "") {
  if (FILE.test(url.pathname)) return SEEN_FILES
  if (!PHOTO.test(url.pathname)) return null
  return referrer && OWN_PAGE.test(new URL(referrer).pathname) ? null : PHOTOS
}

export async function answerFile(event, shelf) {
  const address = event.request.url
  // A store that is broken keeps nobody from what the server has.
  const kept = await takeAnywhere(address).catch(() => null)
  if (kept) {
    // A photo looked at again is not the next to go.
    if (shelf === PHOTOS) event.waitUntil(put(shelf, address, kept.clone()).catch(() => {}))
    return kept
  }
  const response = await fetch(event.request)
  if (isKeepable(response)) event.waitUntil(put(shelf, address, response.clone()).catch(() => {}))
  return response
}

// Keeps what a page had fetched before there was a worker; the browser still has it, so nothing travels again.
export async function keepSeen(addresses) {
  for (const address of addresses) {
    const shelf = shelfOfFile(new URL(address, location.href))
    if (!shelf || (await takeAnywhere(address))) continue
    const response = await fetch(address, { cache: "force-cache" })
    if (isKeepable(response)) await put(shelf, address, response)
  }
}
