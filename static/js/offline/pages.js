// Pages come from the server while it answers soon enough, then as they were when last seen, then /luring.
import { adoptShared } from "./sharing.js"
import {
  OWN_PAGES, PUBLIC_PAGES, changeOwner, departures, filesOf, forgetPerson, isPage, ownerOf, put, take,
} from "./shelves.js"

// Longer, and a person with a weak signal gives up.
const PATIENCE = 3500
const PATIENCE_WITH_STORE = 1000
const PERSON = /<html [^>]*data-person="(\d+)"/

export function shelfOfPage(url, plan) {
  if (plan.ownPages.includes(url.pathname)) return OWN_PAGES
  return new RegExp(plan.publicPages).test(url.pathname) ? PUBLIC_PAGES : null
}

// Returns the id of the person whom this page was drawn for, or null.
export function personOf(text) {
  return PERSON.exec(text)?.[1] ?? null
}

export async function answerPage(event, plan) {
  const url = new URL(event.request.url)
  const shelf = shelfOfPage(url, plan)
  const fetched = shelf === OWN_PAGES ? fetchOwn(event.request, url) : fetchPublic(event, shelf)
  // Also a page that comes too late is there the next time.
  event.waitUntil(fetched.catch(() => {}))
  // A store that is broken keeps nobody from what the server says.
  const kept = shelf ? await keptPage(shelf, url).catch(() => null) : null
  try {
    return await (kept ? soon(fetched) : fetched)
  } catch {
    return kept ? asStored(kept) : await offlinePage(plan).catch(() => Response.error())
  }
}

// Without a query the page itself; with one also a seller's page that a script fills from what the phone keeps.
function keptPage(shelf, url) {
  return take(shelf, shelf === OWN_PAGES ? url.pathname : url.href)
}

async function fetchPublic(event, shelf) {
  const before = departures()
  const response = await fetch(event.request)
  // The page is shown at once; keeping it is not waited for.
  if (shelf && isPage(response)) event.waitUntil(keepPublicPage(shelf, event.request.url, response.clone(), before).catch(() => {}))
  return response
}

async function keepPublicPage(shelf, address, response, before) {
  if (before === departures()) await put(shelf, addressOf(address), response)
  if (before !== departures()) await forgetPerson()
}

async function fetchOwn(request, url) {
  const before = departures()
  const response = await fetch(request)
  // Nobody is signed in any more, perhaps because this phone was signed out from another one.
  if (response.type === "opaqueredirect") await inTime(forgetPerson())
  if (!isPage(response)) return response
  const text = await response.text()
  await inTime(noteOwnPage(url, text, response, before))
  return pageOf(text, response)
}

async function noteOwnPage(url, text, response, before) {
  const person = personOf(text)
  if (person) {
    await keepOwnPage(url, text, response, person, before).catch(() => {})
    await adoptShared(person)
  } else if (await ownerOf()) await forgetPerson()
}

// Keeps a page of the person who is signed in, and nothing of anybody who was before; `before` says how often somebody
// had left when the page was asked for.
export async function keepOwnPage(url, text, response, person, before) {
  if (before !== departures()) return
  await changeOwner(person)
  const since = departures()
  // What is chosen or filled in by a query is not what the next visit asks for.
  if (!url.search) await put(OWN_PAGES, url.pathname, pageOf(text, response))
  // They left while it was being put away.
  if (since !== departures()) await forgetPerson()
}

// A store that fails or hangs does not hold up what the server has answered.
function inTime(work) {
  return Promise.race([work.catch(() => {}), new Promise((resolve) => setTimeout(resolve, PATIENCE_WITH_STORE))])
}

export async function offlinePage(plan) {
  const page = await take(filesOf(plan), plan.shell.page)
  return page ? asStored(page) : Response.error()
}

async function asStored(page) {
  // Style sheet and scripts can tell: the page says in words that it is not of now.
  return pageOf((await page.text()).replace("<html ", "<html data-stored "), page)
}

function pageOf(text, response) {
  const headers = new Headers(response.headers)
  // The text is neither compressed nor cut any more.
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name)
  return new Response(text, { status: response.status, headers })
}

function addressOf(address) {
  const url = new URL(address)
  url.hash = ""
  return url.href
}

function soon(promise) {
  return Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("too slow")), PATIENCE))])
}
