// The service worker: pages seen before stay readable without signal, selling goes on, and what waits is sent.
import { sendWaiting } from "../selling/sender.js"
import { answerFile, keepSeen, shelfOfFile } from "./files.js"
import { answerPage, shelfOfPage } from "./pages.js"
import { activate, install, prepareSelling } from "./renewal.js"
import { keepShared } from "./sharing.js"
import { forgetPerson, isPage, put, take } from "./shelves.js"

const SHARE_TARGET = "/jual/berbagi"
// Whoever comes or goes: what the phone keeps of one person is nothing for the next.
const COMING_AND_GOING = /^\/(masuk|daftar|keluar|akun\/hapus)(\/|$)/
const POSTING = /^\/jual(\/|$)/

// Begins the work; `plan` says what this version consists of, see `marketplace/site/views/precache.py`.
export function start(plan) {
  addEventListener("install", (event) => event.waitUntil(install(plan)))
  addEventListener("activate", (event) => event.waitUntil(activate(plan)))
  addEventListener("fetch", (event) => answer(event, plan))
  // Rejected while there is no signal: the browser then asks once more when it sees fit.
  addEventListener("sync", (event) => {
    if (event.tag === "kirim") event.waitUntil(sendWaiting())
  })
  addEventListener("message", (event) => event.waitUntil(listen(event.data, plan)))
}

function answer(event, plan) {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== location.origin) return
  if (request.method === "POST") {
    if (url.pathname === SHARE_TARGET) event.respondWith(keepShared(event).catch(() => lead(plan)))
    else if (COMING_AND_GOING.test(url.pathname)) event.respondWith(comeOrGo(request, plan))
    return
  }
  if (request.method !== "GET") return
  if (request.mode === "navigate") return event.respondWith(answerPage(event, plan))
  const shelf = shelfOfFile(url, request.referrer)
  if (shelf) event.respondWith(answerFile(event, shelf))
}

async function comeOrGo(request, plan) {
  const isNavigation = request.mode === "navigate"
  let response
  try {
    response = await fetch(request)
  } catch {
    return isNavigation ? lead(plan) : Response.error()
  }
  if (response.ok || response.type === "opaqueredirect") await forgetPerson().catch(() => {})
  return response
}

// The page without signal has its own address: opened anew when the signal is back, it sends no form once more.
function lead(plan) {
  return Response.redirect(plan.shell.page, 303)
}

async function listen(message, plan) {
  if (message.kind === "seen") await keepFirstPage(message, plan)
  if (message.kind === "seller") await prepareSelling(plan, message.person)
  if (message.kind === "take over" && (message.isAgreed || !(await isSomebodyPosting()))) await self.skipWaiting()
}

// The first page of a visit came before there was a worker.
async function keepFirstPage({ page, files }, plan) {
  const shelf = shelfOfPage(new URL(page), plan)
  if (shelf === "pages" && !(await take(shelf, page))) {
    const response = await fetch(page, { cache: "force-cache", redirect: "error" })
    if (isPage(response)) await put(shelf, page, response)
  }
  await keepSeen(files)
}

async function isSomebodyPosting() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true })
  return pages.some((page) => POSTING.test(new URL(page.url).pathname))
}
