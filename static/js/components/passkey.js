// Signs in with a fingerprint or the lock of the screen, or keeps a new one (WebAuthn). What the server has no use for
// without a script is hidden until this one finds that the browser knows passkeys.
export class Passkey {
  static selector = "[data-component='passkey']"

  constructor(element) {
    if (!window.PublicKeyCredential || !navigator.credentials) return
    this.texts = element.dataset
    this.status = element.querySelector("[data-part='status']")
    this.button = element.querySelector("[data-part='button']")
    this.name = element.querySelector("[data-part='name']")
    element.querySelector("[data-part='absent']")?.remove()
    for (const part of element.querySelectorAll("[hidden]")) part.hidden = false
    this.button.addEventListener("click", () => this.#run())
  }

  async #run() {
    this.button.disabled = true
    this.status.textContent = ""
    try {
      const options = await this.#send(this.texts.begin, {})
      const credential = this.texts.makes === undefined ? await sign(options) : await make(options)
      const { url } = await this.#send(this.texts.finish, { credential, name: this.name?.value })
      location.assign(url)
    } catch (error) {
      this.status.textContent = this.#wordsFor(error)
      this.button.disabled = false
    }
  }

  async #send(address, what) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.texts.token }
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(what) })
    if (answer.ok) return answer.json()
    const { error } = await answer.json()
    throw new Refused(error.message)
  }

  #wordsFor(error) {
    if (error instanceof Refused) return error.message
    if (error.name === "InvalidStateError") return this.texts.known
    // The person has closed the question, or let it wait too long.
    if (error.name === "NotAllowedError" || error.name === "AbortError") return this.texts.cancelled
    return this.texts.failed
  }
}

class Refused extends Error {}

async function make(options) {
  const publicKey = {
    ...options,
    challenge: bytesOf(options.challenge),
    user: { ...options.user, id: bytesOf(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map((known) => ({ ...known, id: bytesOf(known.id) })),
  }
  const made = await navigator.credentials.create({ publicKey })
  const { clientDataJSON, attestationObject } = made.response
  return described(made, { clientDataJSON, attestationObject })
}

async function sign(options) {
  const publicKey = { ...options, challenge: bytesOf(options.challenge), allowCredentials: [] }
  const signed = await navigator.credentials.get({ publicKey })
  const { clientDataJSON, authenticatorData, signature, userHandle } = signed.response
  return described(signed, { clientDataJSON, authenticatorData, signature, userHandle })
}

function described({ id, rawId, type }, response) {
  const texts = Object.entries(response).map(([name, bytes]) => [name, bytes && textOf(bytes)])
  return { id, rawId: textOf(rawId), type, response: Object.fromEntries(texts) }
}

function bytesOf(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0))
}

function textOf(bytes) {
  const binary = String.fromCharCode(...new Uint8Array(bytes))
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}
