// A line for each photo of a draft, in which one says what is seen in it. The lines are part of the form, whose fields are
// kept like all others.
export class PhotoTexts {
  constructor(find) {
    Object.assign(this, { fold: find("texts"), rows: find("text-rows"), row: find("text-row") })
    this.rows?.replaceChildren()
  }

  // Has one line for each of these photos, in their order; `pictures` are the images that show them, as far as they do.
  show(photos, pictures) {
    if (!this.fold) return
    this.fold.hidden = !photos.length
    const lines = new Map([...this.rows.children].map((line) => [line.dataset.photoText, line]))
    for (const [id, line] of lines) if (!photos.some((photo) => photo.id === id)) line.remove()
    photos.forEach(({ id }, index) => {
      const line = lines.get(id) ?? this.#draw(id)
      if (this.rows.children[index] !== line) this.rows.insertBefore(line, this.rows.children[index] ?? null)
      line.querySelector("label").textContent = `Foto ${index + 1}`
      const { src } = pictures[index] ?? {}
      if (src) line.querySelector("img").src = src
    })
  }

  #draw(id) {
    const line = this.row.content.firstElementChild.cloneNode(true)
    const input = line.querySelector("input")
    line.dataset.photoText = id
    input.id = input.name = line.querySelector("label").htmlFor = `text-${id}`
    return line
  }
}
