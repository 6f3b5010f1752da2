// Says in words how far a draft and its photos have come.
export const FULL =
  "Memori HP penuh. Isian Anda tetap ada selama halaman ini terbuka, jadi jangan ditutup sebelum terkirim."

export function kilobytes(bytes) {
  return `${Math.ceil(bytes / 1000)} KB`
}

export function photoWords({ state, size, received, refusal, unsaved }) {
  if (state === "refused") return refusal
  if (unsaved && state !== "arrived") return "Belum tersimpan di HP"
  if (state === "shrinking") return "Sedang dikecilkan…"
  if (state === "sending") return `Mengirim, ${Math.round(received / 1000)} dari ${kilobytes(size)}`
  return { arrived: "Terkirim", elsewhere: "Ada di HP lain" }[state] ?? "Menunggu giliran"
}

// The state of a draft as a tag and, where there is more to say, a sentence: `{ kind, tag, text }`.
export function draftWords(draft, { hasSignal, isSignedOut }) {
  if (draft.sent) return { kind: "live", tag: "Terkirim" }
  if (draft.trouble) return { kind: "fix", tag: "Perlu diperbaiki", text: troubleWords(draft.trouble) }
  if (draft.isPaused) return { kind: "plain", tag: "Dikirim nanti" }
  if (!draft.toSend) return { kind: "plain", tag: "Draf, belum dikirim" }
  if (isSignedOut) return { kind: "fix", tag: "Masuk dulu", text: "Kiriman lanjut sendiri setelah Anda masuk lagi." }
  if (!hasSignal) return { kind: "wait", tag: "Menunggu sinyal" }
  const arrived = draft.photos.filter(({ state }) => state === "arrived").length
  if (arrived === draft.photos.length) return { kind: "info", tag: "Sedang dikirim…" }
  return { kind: "info", tag: `Sedang dikirim… Foto ${arrived + 1} dari ${draft.photos.length}` }
}

// What the server said of each answer that it refused, or what is wrong as a whole.
function troubleWords({ text, errors }) {
  return Object.values(errors ?? {}).flat().join(" ") || text
}

// How many bytes of the photos have arrived, of how many.
export function arrivedOf({ photos }) {
  const total = photos.reduce((sum, { size }) => sum + size, 0)
  const received = photos.reduce((sum, { state, size, received }) => sum + (state === "arrived" ? size : received), 0)
  return { received, total }
}

export function priceWords({ price, ask_price: isAsked }) {
  if (isAsked) return "Tanya harga"
  const digits = String(price ?? "").replace(/\D/g, "")
  return digits && `Rp${digits.replace(/\B(?=(\d{3})+$)/g, ".")}`
}
