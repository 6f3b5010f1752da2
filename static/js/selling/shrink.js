// Makes photos small before they travel: upright, at most 1600 pixels long, about 150 KB. The work is done beside the
// page, one photo at a time because phones have little memory. A photo that cannot be made smaller goes as it is.
const LONG_EDGE = 1600
const AIM = 160_000
const MOST = 200_000
const PATIENCE = 20_000
const SENT_AS_IT_IS = ["image/jpeg", "image/webp", "image/png"]
// First less quality, which nobody sees in a list, then a smaller photo: [share of the long edge, quality].
const STEPS = [[1, 0.74], [1, 0.6], [1, 0.46], [0.75, 0.55], [0.75, 0.4], [0.5, 0.5], [0.4, 0.4]]

let worker = null
let last = Promise.resolve()

// Returns the photo made smaller, or the same one.
export function shrink(blob) {
  last = last.then(() => shrinkOne(blob))
  return last
}

async function shrinkOne(blob) {
  if (blob.size <= MOST && SENT_AS_IT_IS.includes(blob.type)) return blob
  for (const way of waysOfThisBrowser()) {
    try {
      const smaller = await way(blob)
      return smaller.size < blob.size ? smaller : blob
    } catch {
      // The next way, or the photo as it is.
    }
  }
  return blob
}

// Beside the page where that can be; in the page, which stands still for a moment, before a photo travels at its full size.
function waysOfThisBrowser() {
  if (!globalThis.createImageBitmap) return []
  // A service worker cannot start another worker, and keeps no page waiting.
  if (!globalThis.Worker) return globalThis.OffscreenCanvas ? [shrinkHere] : []
  // A page that was asleep, as behind the camera, finds that its time is over: once more.
  return globalThis.OffscreenCanvas ? [shrinkBeside, shrinkBeside, shrinkHere] : [shrinkHere]
}

function shrinkBeside(blob) {
  worker ??= new Worker(new URL("./shrink-worker.js", import.meta.url), { type: "module" })
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer)
      worker?.terminate()
      worker = null
      reject(new Error("The photo could not be made smaller."))
    }
    const timer = setTimeout(giveUp, PATIENCE)
    worker.onerror = giveUp
    worker.onmessage = ({ data }) => {
      if (!data) return giveUp()
      clearTimeout(timer)
      resolve(data)
    }
    worker.postMessage(blob)
  })
}

// The work itself, for whoever is not the page.
export async function shrinkHere(blob) {
  const picture = await createImageBitmap(blob, { imageOrientation: "from-image" })
  try {
    return await encode(picture)
  } finally {
    picture.close()
  }
}

async function encode(picture) {
  const scale = Math.min(1, LONG_EDGE / Math.max(picture.width, picture.height))
  let type = "image/webp"
  let smallest = null
  for (const [share, quality] of STEPS) {
    const canvas = draw(picture, scale * share)
    let blob = await blobOf(canvas, type, quality)
    if (blob.type !== type) {
      type = "image/jpeg"
      blob = await blobOf(canvas, type, quality)
    }
    if (blob.size <= AIM) return blob
    if (!smallest || blob.size < smallest.size) smallest = blob
  }
  return smallest
}

function draw(picture, scale) {
  const [width, height] = [picture.width, picture.height].map((edge) => Math.max(1, Math.round(edge * scale)))
  const canvas = globalThis.OffscreenCanvas
    ? new OffscreenCanvas(width, height)
    : Object.assign(document.createElement("canvas"), { width, height })
  const context = canvas.getContext("2d")
  context.imageSmoothingQuality = "high"
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

function blobOf(canvas, type, quality) {
  if (canvas.convertToBlob) return canvas.convertToBlob({ type, quality })
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The photo could not be encoded."))), type, quality)
  })
}
