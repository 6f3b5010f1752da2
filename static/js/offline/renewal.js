// Installs this version, makes room by what the former leaves behind, and gets the seller's part ready.
import { keepOwnPage, personOf } from "./pages.js"
import {
  FILES, OWN_PAGES, PUBLIC_PAGES, SEEN_FILES, changeOwner, departures, filesOf, isKeepable, isPage, noteOwner, ownerOf, put,
  take, takeAnywhere,
} from "./shelves.js"

const STATIC = "/static/"
const SHARED_FINGERPRINT = /^\/static\/[a-z]+-[0-9a-f]{12}\//
const DAY = 86_400_000
// Pages drawn ahead show nobody a message that was meant for the next page they open.
const AHEAD = { headers: { Purpose: "prefetch" }, redirect: "error", cache: "no-cache" }

export async function install(plan) {
  await fetchFiles(plan, plan.shell.files)
  // As for a visitor: whoever is signed in now may not be when there is no signal.
  const page = await fetch(plan.shell.page, { ...AHEAD, credentials: "omit" })
  if (!isPage(page)) throw new Error(`${plan.shell.page} cannot be kept`)
  await put(filesOf(plan), plan.shell.page, page)
  const owner = await ownerOf()
  if (owner) await prepareSelling(plan, owner.person, false)
}

// The former version's files go, except those that a page kept from then still needs.
export async function activate(plan) {
  const former = (await caches.keys()).filter((name) => name.startsWith(FILES) && name !== filesOf(plan))
  const needed = await addressesOnKeptPages()
  for (const name of former) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url)
      if (!pathname.startsWith(STATIC) || !isNeeded(pathname, needed)) await cache.delete(request)
      else if (name !== SEEN_FILES) await put(SEEN_FILES, request, await cache.match(request))
    }
    if (name !== SEEN_FILES) await caches.delete(name)
  }
}

// Fetches what posting without signal needs, for this person; most of the time all of it is there.
export async function prepareSelling(plan, person, isToday = true) {
  const owner = await changeOwner(person)
  const before = departures()
  if (isToday && owner.version === plan.version && Date.now() - owner.at < DAY) return
  await fetchFiles(plan, plan.selling.files)
  let isComplete = true
  for (const path of plan.selling.pages) {
    const page = await fetch(path, AHEAD).catch(() => null)
    const text = page && isPage(page) ? await page.text() : ""
    if (personOf(text) === person) await keepOwnPage(new URL(path, location.href), text, page, person, before)
    else isComplete = false
  }
  // Who left meanwhile is not the owner any more.
  if (isComplete && before === departures()) await noteOwner({ person, version: plan.version, at: Date.now() })
}

async function fetchFiles(plan, addresses) {
  await Promise.all(
    addresses.map(async (address) => {
      if (await take(filesOf(plan), address)) return
      const response = (await takeAnywhere(address)) ?? (await fetch(address))
      if (!isKeepable(response)) throw new Error(`${address} answers ${response.status}`)
      await put(filesOf(plan), address, response)
    }),
  )
}

async function addressesOnKeptPages() {
  const found = new Set()
  for (const shelf of [PUBLIC_PAGES, OWN_PAGES]) {
    const cache = await caches.open(shelf)
    for (const request of await cache.keys()) {
      const page = await cache.match(request)
      for (const [address] of (await page.text()).matchAll(/\/static\/[^"'\s)]+/g)) found.add(address)
    }
  }
  return found
}

// Modules name one another: where a page names one, the others of the same build stay with it.
function isNeeded(pathname, needed) {
  const folder = SHARED_FINGERPRINT.exec(pathname)?.[0]
  return folder ? [...needed].some((address) => address.startsWith(folder)) : needed.has(pathname)
}
