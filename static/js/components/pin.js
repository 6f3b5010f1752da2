// Points at where a place lies: on a map that is fetched when it is asked for, or where the phone is. What is pasted is
// read at once; without tiles of the operator's the map shows the village's point on plain ground and asks nobody.
const STEP_PIXELS = 4
const BIG_STEP = 10
const CLOSE = 16
const AROUND = 13
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }
const NUMBER = "([-+]?\\d{1,3}(?:\\.\\d+)?)"
// The pin of a place comes before the middle of what was in view; the server reads the same.
const POINTS = [
  `^\\(?${NUMBER}°?\\s*[,;\\s]\\s*${NUMBER}°?\\)?$`,
  `!3d${NUMBER}!4d${NUMBER}`,
  `[?&](?:q|ll|query|destination|daddr|center)=(?:loc:)?${NUMBER}(?:,|%2C)\\s*\\+?${NUMBER}`,
  `[?&#]mlat=${NUMBER}&mlon=${NUMBER}`,
  `@${NUMBER},${NUMBER}`,
  `#map=\\d{1,2}(?:\\.\\d+)?/${NUMBER}/${NUMBER}`,
  `geo:${NUMBER},${NUMBER}`,
].map((pattern) => new RegExp(pattern, "i"))

export class Pin {
  static selector = "[data-component='pin']"

  constructor(element) {
    this.element = element
    const find = (part) => element.querySelector(`[data-part='${part}']`)
    Object.assign(this, { status: find("status"), mapBox: find("map"), keys: find("keys"), openButton: find("open") })
    const field = (name) => element.querySelector(`[name='${name}']`)
    Object.assign(this, { latitude: field("latitude"), longitude: field("longitude"), paste: field("point") })
    this.villages = [...element.querySelectorAll("[data-part='village']")]
    this.openButton.hidden = false
    this.openButton.addEventListener("click", () => this.#open())
    this.paste.addEventListener("input", () => this.#readPasted())
    for (const number of [this.latitude, this.longitude]) number.addEventListener("change", () => this.#followNumbers())
    if (navigator.geolocation && isSecureContext) {
      const here = find("here")
      here.hidden = false
      here.addEventListener("click", () => this.#locate())
    }
  }

  get #village() {
    const chosen = this.element.closest("form")?.elements.village?.value
    return this.villages.find(({ value }) => value === chosen) ?? this.villages[0]
  }

  get #typed() {
    const [latitude, longitude] = [this.latitude, this.longitude].map(({ value }) => Number(value.trim().replace(",", ".")))
    const isPoint = this.latitude.value.trim() && this.longitude.value.trim() && Math.abs(latitude) <= 90
    return isPoint && Math.abs(longitude) <= 180 ? [latitude, longitude] : null
  }

  async #open() {
    this.openButton.disabled = true
    this.status.textContent = "Peta sedang dibuka…"
    try {
      this.leaflet ??= await loadLeaflet(this.element.dataset)
    } catch {
      this.openButton.disabled = false
      this.status.textContent = "Peta tidak bisa dibuka tanpa sinyal. Isi lintang dan bujurnya saja."
      return
    }
    this.openButton.hidden = true
    this.mapBox.hidden = this.keys.hidden = false
    this.status.textContent = ""
    this.#draw()
    this.marker.getElement().focus()
  }

  #draw() {
    const { map, tileLayer, marker, divIcon, circleMarker, control } = this.leaflet
    const village = this.#village
    const middle = village ? [Number(village.dataset.latitude), Number(village.dataset.longitude)] : [-7.7, 112.6]
    const start = this.#typed ?? middle
    this.map = map(this.mapBox, { attributionControl: false, zoomControl: false }).setView(start, AROUND)
    control.zoom({ zoomInTitle: "Perbesar", zoomOutTitle: "Perkecil" }).addTo(this.map)
    control.scale({ imperial: false }).addTo(this.map)
    const { tiles, attribution } = this.element.dataset
    if (tiles) {
      control.attribution({ prefix: false }).addTo(this.map)
      tileLayer(tiles, { attribution: plain(attribution), maxZoom: 19 }).addTo(this.map)
    }
    if (village)
      circleMarker(middle, { radius: 8, color: "#7a441e", interactive: false })
        .bindTooltip(plain(village.textContent), { permanent: true, direction: "bottom" })
        .addTo(this.map)
    const mark = this.openButton.querySelector("svg").outerHTML
    const icon = divIcon({ className: "pin__mark", html: mark, iconSize: [44, 44], iconAnchor: [22, 40] })
    this.marker = marker(start, { icon, draggable: true, autoPan: true, alt: "Penanda tempat", title: "Penanda tempat" })
    this.marker.addTo(this.map)
    this.marker.on("dragend", () => this.#take(this.marker.getLatLng()))
    this.map.on("click", ({ latlng }) => this.#take(latlng))
    this.marker.getElement().addEventListener("keydown", (event) => this.#step(event))
    this.marker.getElement().setAttribute("aria-label", "Penanda tempat, geser dengan tombol panah")
  }

  // Arrows move the marker, as a finger would; with Shift ten times as far.
  #step(event) {
    const direction = ARROWS[event.key]
    if (!direction) return
    event.preventDefault()
    event.stopPropagation()
    const far = STEP_PIXELS * (event.shiftKey ? BIG_STEP : 1)
    const before = this.map.latLngToContainerPoint(this.marker.getLatLng())
    this.#take(this.map.containerPointToLatLng([before.x + direction[0] * far, before.y + direction[1] * far]))
    this.map.panInside(this.marker.getLatLng(), { padding: [48, 48] })
  }

  #locate() {
    this.status.textContent = "Mencari lokasi Anda…"
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.#take({ lat: coords.latitude, lng: coords.longitude })
        this.map?.setView([coords.latitude, coords.longitude], CLOSE)
      },
      () => (this.status.textContent = "Lokasi tidak ketemu. Nyalakan izin lokasi, atau isi titiknya sendiri."),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    )
  }

  #readPasted() {
    const text = this.paste.value.replace(/[‑−–]/g, "-").trim()
    const match = POINTS.map((pattern) => pattern.exec(text)).find(Boolean)
    if (!match) return
    this.#take({ lat: Number(match[1]), lng: Number(match[2]) })
    this.map?.setView([Number(match[1]), Number(match[2])], CLOSE)
  }

  #followNumbers() {
    if (!this.#typed || !this.map) return
    this.marker.setLatLng(this.#typed)
    this.map.panTo(this.#typed)
  }

  // Whoever keeps what is typed hears of it as of typing.
  #take({ lat, lng }) {
    this.latitude.value = lat.toFixed(5)
    this.longitude.value = lng.toFixed(5)
    for (const field of [this.latitude, this.longitude]) field.dispatchEvent(new Event("input", { bubbles: true }))
    this.marker?.setLatLng([lat, lng])
    this.status.textContent = `Titik: ${this.latitude.value}, ${this.longitude.value}`
  }
}

async function loadLeaflet({ leaflet, leafletStyle }) {
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: leafletStyle })
  const isStyled = new Promise((resolve, reject) => Object.assign(style, { onload: resolve, onerror: reject }))
  document.head.prepend(style)
  await Promise.all([import(leaflet), isStyled])
  return globalThis.leaflet
}

// The library takes texts for HTML.
function plain(text) {
  const box = document.createElement("span")
  box.textContent = text.trim()
  return box.innerHTML
}
