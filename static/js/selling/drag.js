// Puts the items of a list in order by holding one and dragging it. A finger that moves at once scrolls the page as
// usual; only after a short hold the item follows it.
const HOLD = 280
const SLACK = 8

export class Drag {
  #item = null;
  #timer = null;
  #start = null

  // Calls `done` with the ids of the items, in the new order.
  constructor(list, done) {
    Object.assign(this, { list, done })
    list.addEventListener("pointerdown", (event) => this.#press(event))
    list.addEventListener("pointermove", (event) => this.#move(event))
    list.addEventListener("pointerup", () => this.#drop())
    list.addEventListener("pointercancel", () => this.#drop())
    // A held finger shall neither scroll nor open the menu of the picture.
    list.addEventListener("touchmove", (event) => this.#item && event.preventDefault(), { passive: false })
    list.addEventListener("contextmenu", (event) => this.#start && event.preventDefault())
  }

  #press(event) {
    const item = event.target.closest("[data-photo]")
    if (!item || event.target.closest("button") || event.button) return
    this.#start = { x: event.clientX, y: event.clientY, item, pointer: event.pointerId }
    this.#timer = setTimeout(() => this.#take(), HOLD)
  }

  #take() {
    this.#item = this.#start.item
    this.#item.dataset.held = ""
    this.list.dataset.dragging = ""
    this.list.setPointerCapture(this.#start.pointer)
    navigator.vibrate?.(20)
  }

  #move({ clientX, clientY }) {
    if (!this.#start) return
    if (!this.#item) {
      if (Math.hypot(clientX - this.#start.x, clientY - this.#start.y) > SLACK) this.#end()
      return
    }
    const over = document.elementFromPoint(clientX, clientY)?.closest("[data-photo]")
    if (!over || over === this.#item || over.parentNode !== this.list) return
    const isLater = this.#item.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING
    if (isLater) over.after(this.#item)
    else over.before(this.#item)
  }

  #drop() {
    const hasMoved = Boolean(this.#item)
    this.#end()
    if (hasMoved) this.done([...this.list.children].map(({ dataset }) => dataset.photo))
  }

  #end() {
    clearTimeout(this.#timer)
    delete this.#item?.dataset.held
    delete this.list.dataset.dragging
    this.#item = this.#start = null
  }
}
