// A stuck draft leaves the phone as one file: a page that anybody can read, with its photos, and in it the draft as the
// coordinator's browser opens it again.
import { getFile, newId } from "./drafts.js"
import { priceWords } from "./words.js"

const MARK = "pasar-kim-kiriman"
const VERSION = 1
const LARGEST = 200_000_000
const MOST_PHOTOS = 12
const PICTURE = /^data:(image\/[a-z+.-]{2,20});base64,([A-Za-z0-9+/=]+)$/
const UNREADABLE = "Ini bukan berkas kiriman Pasar KIM, atau berkasnya rusak. Minta penjual mengirim ulang berkasnya."

export class FileUnreadable extends Error {
  constructor() {
    super(UNREADABLE)
  }
}

// Shares the draft as a file where the phone can, and saves it otherwise.
export async function sendParcel(draft, sender) {
  const file = await makeParcel(draft, sender)
  if (navigator.canShare?.({ files: [file] })) {
    try {
      return await navigator.share({ files: [file], title: file.name })
    } catch (error) {
      // Closing the sheet is a choice; anything else leaves saving.
      if (error.name === "AbortError") return null
    }
  }
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return null
}

export async function makeParcel({ purpose, fields, photos }, sender) {
  const pictures = []
  for (const { id, name } of photos) {
    const blob = await getFile(id)
    if (blob) pictures.push({ name, url: await addressOf(blob) })
  }
  const page = document.implementation.createHTMLDocument(fields.name || "Kiriman Pasar KIM")
  const add = (name, text, place = page.body) =>
    place.appendChild(Object.assign(page.createElement(name), text === null ? {} : { textContent: text }))
  page.documentElement.lang = "id"
  page.head.prepend(Object.assign(page.createElement("meta"), { name: "viewport", content: "width=device-width" }))
  const charset = page.createElement("meta")
  charset.setAttribute("charset", "utf-8")
  page.head.prepend(charset)
  add("h1", fields.name || "Kiriman Pasar KIM")
  add("p", `Dari ${sender}. Koordinator KIM membukanya di Pasar KIM: Antrean kirim, Buka berkas kiriman.`)
  if (priceWords(fields)) add("p", [priceWords(fields), fields.unit].filter(Boolean).join(" per "))
  const list = add("dl", null)
  for (const [name, value] of Object.entries(fields)) {
    const words = [value].flat().join(", ")
    if (!words) continue
    add("dt", name, list)
    add("dd", words, list)
  }
  for (const { url } of pictures) add("img", null).setAttribute("src", url)
  for (const image of page.images) image.setAttribute("width", "320")
  const told = { version: VERSION, purpose, fields, sender, names: pictures.map((picture) => picture.name) }
  // What somebody typed cannot end the script.
  const data = add("script", JSON.stringify(told).replaceAll("<", "\\u003c"))
  Object.assign(data, { type: "application/json", id: MARK })
  const name = (fields.name || "kiriman").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "kiriman"
  return new File([`<!DOCTYPE html>\n${page.documentElement.outerHTML}`], `${name}.html`, { type: "text/html" })
}

// Reads such a file, from whomever it came, or refuses with FileUnreadable: `{ fields, photos: [{ name, blob }] }`.
export async function openParcel(file) {
  if (!file || file.size > LARGEST) throw new FileUnreadable()
  // Nothing in this document runs or is fetched.
  const page = new DOMParser().parseFromString(await file.text(), "text/html")
  let told
  try {
    told = JSON.parse(page.getElementById(MARK).textContent)
  } catch {
    throw new FileUnreadable()
  }
  if (told?.version !== VERSION || typeof told.fields !== "object" || !told.fields) throw new FileUnreadable()
  const fields = Object.fromEntries(Object.entries(told.fields).filter(([, value]) => isTyped(value)))
  const photos = [...page.images].slice(0, MOST_PHOTOS).map((image, index) => {
    const [, type, bytes] = PICTURE.exec(image.getAttribute("src") ?? "") ?? []
    const name = told.names?.[index]
    return type && { name: typeof name === "string" ? name : newId(), blob: new Blob([bytesOf(bytes)], { type }) }
  })
  return { fields, photos: photos.filter(Boolean) }
}

function isTyped(value) {
  return typeof value === "string" || (Array.isArray(value) && value.every((one) => typeof one === "string"))
}

function addressOf(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result)
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(blob)
  })
}

function bytesOf(text) {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  } catch {
    throw new FileUnreadable()
  }
}
