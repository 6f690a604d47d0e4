// <kept-text key="reply-7"><form>…</form></kept-text> keeps what is typed on this device until it is
// sent, and puts it back after a reload, a crash or a lost connection. The key names ticket and mode;
// the person signed in is added here, so that two people on one computer never read each other.

import { restored, worthKeeping } from "../helpers/keeping.js"
import { tell } from "../tell.js"
import { say } from "../words.js"

const WAIT = 250
const BOXES = "textarea[name], input[type=text][name], input[type=tel][name]"

class KeptText extends HTMLElement {
  #waiting
  #offline = () => this.#full && tell(say.offline)
  #hide = () => this.#waiting && this.#keep()

  connectedCallback() {
    this.#restore()
    this.addEventListener("input", () => this.#later())
    this.addEventListener("submit", () => this.#keep({ sent: true }))
    this.addEventListener("htmx:afterRequest", (event) => this.#answered(event.detail))
    addEventListener("offline", this.#offline)
    addEventListener("pagehide", this.#hide)
  }

  disconnectedCallback() {
    this.#hide()
    removeEventListener("offline", this.#offline)
    removeEventListener("pagehide", this.#hide)
  }

  get #place() {
    return `kept:${document.body.dataset.person ?? ""}:${this.getAttribute("key")}`
  }

  get #texts() {
    return Object.fromEntries([...this.querySelectorAll(BOXES)].map((box) => [box.name, box.value]))
  }

  get #full() {
    return worthKeeping(this.#texts)
  }

  #later() {
    clearTimeout(this.#waiting)
    this.#waiting = setTimeout(() => this.#keep(), WAIT)
  }

  #keep({ sent = false } = {}) {
    clearTimeout(this.#waiting)
    this.#waiting = undefined
    const texts = this.#texts
    if (worthKeeping(texts)) store(this.#place, { texts, sent, at: Date.now() })
    else forget(this.#place)
  }

  #restore() {
    const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward"
    const kept = recall(this.#place)
    if (kept?.sent && !cameBack) forget(this.#place)
    const texts = restored(kept, this.#texts, { now: Date.now(), cameBack })
    for (const [name, text] of Object.entries(texts)) this.#put(name, text)
    if (Object.keys(texts).length) tell(say.kept)
  }

  #put(name, text) {
    const box = this.querySelector(`[name="${CSS.escape(name)}"]`)
    box.value = text
    box.dispatchEvent(new Event("input", { bubbles: true }))
  }

  // htmx has its answer: either the text arrived, or it is still ours to keep.
  #answered({ elt, requestConfig, successful }) {
    if (requestConfig?.verb !== "post" || !this.contains(elt)) return
    if (successful) forget(this.#place)
    else this.#keep()
  }
}

function store(place, kept) {
  try {
    localStorage.setItem(place, JSON.stringify(kept))
  } catch {
    // A full or closed store takes nothing from the person: the text is still in its box.
  }
}

function recall(place) {
  try {
    return JSON.parse(localStorage.getItem(place))
  } catch {
    return null
  }
}

function forget(place) {
  try {
    localStorage.removeItem(place)
  } catch {
    // Nothing was kept there.
  }
}

customElements.define("kept-text", KeptText)
