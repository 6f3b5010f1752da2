// What the worker keeps, each kind in a cache of its own. Order is by use: what was put away last is used last.
export const PUBLIC_PAGES = "pages"
export const OWN_PAGES = "own-pages"
export const SEEN_FILES = "files-seen"
export const PHOTOS = "photos"
export const FILES = "files-"

const OWNER = "/pemilik"
const MOST = { [PUBLIC_PAGES]: 60, [SEEN_FILES]: 120, [PHOTOS]: 200 }
const AS_IT_STANDS = { ignoreVary: true }
let left = 0

// Where the files and pages of this version lie.
export function filesOf(plan) {
  return FILES + plan.version
}

export async function take(shelf, address, options = {}) {
  const cache = await caches.open(shelf)
  return cache.match(address, { ...AS_IT_STANDS, ...options })
}

// Finds a file on any shelf: its name says its content, so it does not matter which.
export function takeAnywhere(address) {
  return caches.match(address, AS_IT_STANDS)
}

// Puts an answer away as the one used last, and lets go of what was not used for longest.
export async function put(shelf, address, response) {
  const cache = await caches.open(shelf)
  await cache.put(address, response)
  const most = MOST[shelf]
  if (!most) return
  const kept = await cache.keys()
  await Promise.all(kept.slice(0, Math.max(0, kept.length - most)).map((request) => cache.delete(request)))
}

// Tells whether an answer may be kept at all: no error, no way on to somewhere else, nothing that says it must not be.
export function isKeepable(response) {
  const { status, type, redirected, headers } = response
  return status === 200 && type === "basic" && !redirected && !/no-store/.test(headers.get("Cache-Control") ?? "")
}

export function isPage(response) {
  return isKeepable(response) && headerOf(response, "Content-Type").startsWith("text/html")
}

// How often somebody has left. What was asked for before that and arrives after it is not kept.
export function departures() {
  return left
}

// Forgets whatever was made for the person who was signed in: their own pages, and public ones with their name in the head.
export async function forgetPerson() {
  left += 1
  await caches.delete(OWN_PAGES)
  const cache = await caches.open(PUBLIC_PAGES)
  for (const request of await cache.keys()) {
    const page = await cache.match(request, AS_IT_STANDS)
    if (page && /private/.test(headerOf(page, "Cache-Control"))) await cache.delete(request)
  }
}

// Returns whose pages are kept, or null: `{ person, version, at }`, the last two of the day when all of them were fetched.
export async function ownerOf() {
  const owner = await take(OWN_PAGES, OWNER)
  return owner ? owner.json() : null
}

export function noteOwner(owner) {
  // `Response.json` is younger than some phones that can keep pages.
  return put(OWN_PAGES, OWNER, new Response(JSON.stringify(owner)))
}

// Makes sure that what is kept from now on lies beside nothing of anybody else; returns the owner.
export async function changeOwner(person) {
  const owner = await ownerOf()
  if (owner?.person === person) return owner
  if (owner) await forgetPerson()
  const latest = { person, version: null, at: 0 }
  await noteOwner(latest)
  return latest
}

function headerOf(response, name) {
  return response.headers.get(name) ?? ""
}
