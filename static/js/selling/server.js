// Speaks with the server: every request has an end, and what a proxy or the sign-in page of a wireless network says
// instead of the server is never taken for an answer.
const PATIENCE = 30_000
const PATIENCE_WITH_BYTES = 60_000
const LATER = new Set([408, 425, 429])

// Nothing came back, or nothing that counts: to be tried again later.
export class NoSignal extends Error {
  // Set when a server did answer, that it cannot now.
  status = null
}

// Nobody is signed in, or somebody else than a moment ago.
export class SignedOut extends Error {}

export class Server {
  #token

  // Asks who is signed in; all that follows is sent as this person.
  static async enter() {
    const server = new Server()
    await server.#renew()
    return server
  }

  // Sends a request and returns `{ status, body, offset }`, where status says what the server decided.
  async ask(method, path, { json, bytes, offset } = {}) {
    const answer = await this.#send(method, path, json, bytes, offset)
    if (answer.status !== 400) return answer
    // The token belongs to an older session of the same person.
    const person = this.person
    await this.#renew()
    if (this.person !== person) throw new SignedOut()
    return this.#send(method, path, json, bytes, offset)
  }

  async #renew() {
    const { status, body } = await this.#send("GET", "/jual/sesi")
    if (status !== 200) throw new NoSignal()
    this.person = String(body.person)
    this.name = body.name
    this.#token = body.token
  }

  #send(method, path, json, bytes, offset) {
    const headers = { Accept: "application/json" }
    // The token outlives a change of person in another tab; nothing is written for anybody but who was asked for.
    if (method !== "GET") Object.assign(headers, { "X-CSRFToken": this.#token, "X-Person": this.person })
    if (json) headers["Content-Type"] = "application/json"
    if (bytes) Object.assign(headers, { "Content-Type": "application/offset+octet-stream", "Upload-Offset": offset })
    return answerOf(path, { method, headers, body: bytes ?? (json && JSON.stringify(json)) }, bytes)
  }
}

async function answerOf(path, options, bytes) {
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), bytes ? PATIENCE_WITH_BYTES : PATIENCE)
  try {
    const response = await fetch(path, { ...options, cache: "no-store", redirect: "error", signal: ending.signal })
    const { status } = response
    if (status >= 500 || LATER.has(status)) throw Object.assign(new NoSignal(`${status}`), { status })
    const body = status === 204 ? null : await response.json()
    if (status === 401) throw new SignedOut()
    const place = response.headers.get("Upload-Offset")
    return { status, body, offset: place === null ? null : Number(place) }
  } catch (error) {
    if (error instanceof SignedOut || error instanceof NoSignal) throw error
    throw new NoSignal(error.message, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}
