// Opens the phone's own share sheet. Where there is none the link to WhatsApp stays, and one may copy the address.
export class Share {
  static selector = "[data-component='share']"

  constructor(element) {
    this.element = element
    this.link = element.querySelector("[data-share]")
    this.copyButton = element.querySelector("[data-copy]")
    this.status = element.querySelector("[role='status']")
    if (navigator.share) {
      this.link.addEventListener("click", (event) => this.#share(event))
    } else {
      this.copyButton.hidden = false
      this.copyButton.addEventListener("click", () => this.#copy())
    }
  }

  async #share(event) {
    event.preventDefault()
    const { url, text } = this.element.dataset
    try {
      await navigator.share({ url, text })
    } catch (error) {
      // Closing the sheet is a choice; anything else leaves the way through WhatsApp.
      if (error.name !== "AbortError") location.assign(this.link.href)
    }
  }

  async #copy() {
    const { url, copied, notCopied } = this.element.dataset
    const done = copySelected(url) || (await copyByPermission(url))
    if (done) this.copyButton.lastChild.textContent = copied
    this.status.textContent = done ? copied : notCopied
    this.status.classList.toggle("for-reader", done)
  }
}

// Works within the tap itself, also on a page without TLS, and needs no permission that a browser may hold back.
function copySelected(text) {
  const field = document.createElement("textarea")
  field.className = "for-reader"
  field.readOnly = true
  field.value = text
  document.body.append(field)
  const before = document.activeElement
  field.select()
  const done = document.execCommand("copy")
  field.remove()
  before?.focus({ preventScroll: true })
  return done
}

async function copyByPermission(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
