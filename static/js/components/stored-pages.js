// Lists what can be read without signal, newest first: the pages that the phone keeps, and what waits to be sent.
import { countUnsent } from "../selling/drafts.js"

const SHELF = "pages"
const MOST = 30
const SIGN_OF_LIFE = "/healthz"
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 60_000
const TRIES = "pasar-kim-luring"
const NAME = / · Pasar KIM$/

export class StoredPages {
  static selector = "[data-component='stored-pages']"

  constructor(element) {
    this.element = element
    this.list = element.querySelector("[data-part='list']")
    this.row = element.querySelector("template")
    this.waiting = element.querySelector("[data-part='waiting']")
    this.#show().catch(() => {})
    // In the place of another page: that one is opened as soon as the server can be reached.
    if (document.documentElement.hasAttribute("data-stored")) {
      addEventListener("online", () => this.#look(FIRST_PAUSE))
      this.#look(Math.min(FIRST_PAUSE * 2 ** triesHere(), LONGEST_PAUSE))
    }
  }

  // A phone says that it has signal before anything comes through.
  #look(pause) {
    clearTimeout(this.timer)
    this.timer = setTimeout(async () => {
      const isThere = await fetch(SIGN_OF_LIFE, { cache: "no-store" }).then(({ ok }) => ok, () => false)
      if (isThere) tryAgain()
      else this.#look(Math.min(2 * pause, LONGEST_PAUSE))
    }, pause)
  }

  async #show() {
    const count = await countUnsent()
    if (count) {
      this.waiting.hidden = false
      const words = this.waiting.querySelector("[data-part='count']")
      words.textContent = words.dataset.text.replace("{jumlah}", count)
    }
    // Outside a safe connection nothing is kept.
    const pages = globalThis.caches ? await keptPages() : []
    this.list.replaceChildren(...(await Promise.all(pages.map((page) => this.#rowOf(page)))))
    this.element.hidden = !count && !pages.length
  }

  async #rowOf({ address, page }) {
    const row = this.row.content.cloneNode(true)
    const link = row.querySelector("a")
    link.href = address
    link.textContent = wordsOf(page, "og:title") || page.title.replace(NAME, "")
    row.querySelector("[data-part='where']").textContent = whereOf(page)
    const price = wordsOf(page, "product:price:amount")
    row.querySelector("[data-part='price']").textContent = price ? `Rp${Number(price).toLocaleString("id-ID")}` : ""
    const photo = await photoOf(page)
    if (photo) {
      const picture = Object.assign(new Image(48, 48), { src: photo, alt: "" })
      row.querySelector(".stored__photo").replaceChildren(picture)
    }
    return row
  }
}

// How often this address was opened anew in vain: a page that alone is not to be had costs no data for ever.
function triesHere() {
  try {
    const { address, tries } = JSON.parse(sessionStorage.getItem(TRIES))
    return address === location.href ? tries : 0
  } catch {
    return 0
  }
}

function tryAgain() {
  try {
    sessionStorage.setItem(TRIES, JSON.stringify({ address: location.href, tries: triesHere() + 1 }))
  } catch {
    // A browser may forbid to keep anything.
  }
  location.reload()
}

async function keptPages() {
  const cache = await caches.open(SHELF)
  const requests = (await cache.keys()).reverse().slice(0, MOST)
  return Promise.all(
    requests.map(async ({ url }) => {
      const text = await (await cache.match(url, { ignoreVary: true })).text()
      return { address: url, page: new DOMParser().parseFromString(text, "text/html") }
    }),
  )
}

function wordsOf(page, name) {
  return page.querySelector(`meta[property="${name}"]`)?.content ?? ""
}

// The place stands among the crumbs of a thing's page, one step before its name.
function whereOf(page) {
  return page.querySelector(".crumbs li:nth-last-child(2)")?.textContent.trim() ?? ""
}

// Only a photo that is on the phone: without signal no other can be shown.
async function photoOf(page) {
  const cache = await caches.open("photos")
  for (const photo of page.querySelectorAll("main img")) {
    const sources = [photo.getAttribute("src"), ...(photo.srcset ?? "").split(",").map((part) => part.trim().split(" ")[0])]
    for (const source of sources.filter(Boolean)) if (await cache.match(source)) return source
  }
  return null
}
