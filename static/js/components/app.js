// Makes the site an app: registers its service worker once the page has nothing else to do, says when a new version is
// there, and when there is no signal. Where there is no service worker the site works all the same.
const PAUSE = 1500
const POSTING = /^\/jual(\/|$)/

export class App {
  static selector = "[data-component='app']"

  constructor(element) {
    this.element = element
    this.root = document.documentElement
    this.renewal = element.querySelector("[data-part='renewal']")
    addEventListener("online", () => this.#tellSignal())
    addEventListener("offline", () => this.#tellSignal())
    if (!navigator.onLine) this.#tellSignal()
    if (!("serviceWorker" in navigator)) return
    if (document.readyState === "complete") this.#wait()
    else addEventListener("load", () => this.#wait())
  }

  #tellSignal() {
    // What was drawn from the phone stays marked until it is opened anew.
    this.root.toggleAttribute("data-offline", !navigator.onLine)
  }

  // Photos and whatever a person reads come first.
  #wait() {
    setTimeout(() => this.#register().catch((error) => console.warn("Pasar KIM works without its app.", error)), PAUSE)
  }

  async #register() {
    const before = navigator.serviceWorker.controller
    await navigator.serviceWorker.register(this.element.dataset.worker, { type: "module", scope: "/" })
    const registration = await navigator.serviceWorker.ready
    this.#watch(registration)
    const isStored = this.root.hasAttribute("data-stored")
    if (!before && !isStored) registration.active.postMessage({ kind: "seen", page: location.href.split("#")[0], files: filesSeen() })
    const { person } = this.root.dataset
    const savesData = navigator.connection?.saveData && !POSTING.test(location.pathname)
    if (person && !isStored && !savesData) registration.active.postMessage({ kind: "seller", person })
  }

  #watch(registration) {
    if (registration.waiting) this.#offer(registration.waiting, true)
    const follow = ({ installing }) =>
      installing?.addEventListener("statechange", () => {
        if (installing.state === "installed" && registration.active) this.#offer(installing, false)
      })
    // It may have been found while this page was still loading.
    follow(registration)
    registration.addEventListener("updatefound", () => follow(registration))
  }

  // A version that came while nobody posts takes over by itself; beside a post the person says when.
  #offer(worker, isOld) {
    if (isOld) worker.postMessage({ kind: "take over", isAgreed: false })
    // Nothing is said of what happens by itself at once.
    setTimeout(() => (this.renewal.hidden = worker.state !== "installed"), isOld ? PAUSE : 0)
    worker.addEventListener("statechange", () => {
      if (worker.state === "activating" && !this.isAgreed) this.renewal.hidden = true
    })
    this.renewal.querySelector("button").addEventListener("click", () => {
      this.isAgreed = true
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true })
      worker.postMessage({ kind: "take over", isAgreed: true })
      // It may have taken over already, or belong to another tab that has reloaded.
      if (worker.state === "activated" || worker.state === "redundant") location.reload()
    })
  }
}

function filesSeen() {
  const seen = performance.getEntriesByType("resource").map(({ name }) => name)
  return [...new Set(seen)].filter((name) => name.startsWith(location.origin))
}
