// <pane-splitter role="separator" data-pane="list"> lies on the edge of a pane and makes it wider or
// narrower: dragged, by arrows, Home and End; Enter or a double press gives the usual width back.

import { NARROWEST, fitted, stepped, widestIn } from "../helpers/widths.js"
import { setWidth } from "../layout.js"

class PaneSplitter extends HTMLElement {
  #from
  #resize = () => this.#say()

  connectedCallback() {
    this.addEventListener("keydown", (event) => this.#keyed(event))
    this.addEventListener("pointerdown", (event) => this.#began(event))
    this.addEventListener("pointermove", (event) => this.#from && this.#set(this.#from.width + (event.clientX - this.#from.x) * this.#sign))
    for (const end of ["pointerup", "pointercancel"]) this.addEventListener(end, () => this.#ended())
    this.addEventListener("dblclick", () => this.#usual())
    addEventListener("resize", this.#resize)
    this.#say()
  }

  disconnectedCallback() {
    removeEventListener("resize", this.#resize)
  }

  get #desk() {
    return this.closest(".desk")
  }

  get #name() {
    return `--${this.dataset.pane}-width`
  }

  get #sign() {
    return this.dataset.pane === "list" ? 1 : -1
  }

  get #pane() {
    return document.getElementById(this.getAttribute("aria-controls"))
  }

  get #width() {
    return this.#pane.offsetWidth
  }

  get #widest() {
    const other = document.getElementById(this.dataset.pane === "list" ? "side" : "queue")
    return widestIn(innerWidth, other?.checkVisibility() && getComputedStyle(other).position !== "fixed" ? other.offsetWidth : 0)
  }

  // The width that was chosen, "" while it is the usual one.
  get kept() {
    return parseInt(getComputedStyle(this.#desk).getPropertyValue(this.#name), 10) || ""
  }

  #began(event) {
    if (event.button) return
    event.preventDefault()
    this.setPointerCapture(event.pointerId)
    this.focus()
    this.#from = { x: event.clientX, width: this.#width }
  }

  #ended() {
    if (!this.#from) return
    this.#from = undefined
    setWidth(this.dataset.pane, this.kept)
  }

  #keyed(event) {
    const { key } = event
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (key === "Enter") this.#usual()
    else {
      const width = { Home: NARROWEST, End: this.#widest }[key] ?? stepped(this.#width, key, { grows: this.#sign > 0 })
      if (width === undefined) return
      this.#set(width)
      setWidth(this.dataset.pane, this.kept)
    }
    event.preventDefault()
  }

  #usual() {
    this.#desk.style.setProperty(this.#name, "initial")
    setWidth(this.dataset.pane, "")
    this.#say()
  }

  #set(width) {
    this.#desk.style.setProperty(this.#name, `${fitted(width, this.#widest)}px`)
    this.#say()
  }

  #say() {
    if (!this.#pane) return
    this.ariaValueMin = String(NARROWEST)
    this.ariaValueMax = String(this.#widest)
    this.ariaValueNow = String(Math.max(NARROWEST, this.#width))
  }
}

customElements.define("pane-splitter", PaneSplitter)
