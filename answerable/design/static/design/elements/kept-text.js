// <kept-text key="reply-7"><form>…</form></kept-text> keeps what is typed on this device until it is
// sent, and puts it back after a reload, a crash or a lost connection. The key names ticket and mode;
// the person signed in is added here, so that two people on one computer never read each other.

import { restored, worthKeeping } from "../helpers/keeping.js"
import { tell } from "../tell.js"
import { say } from "../words.js"

const BOXES = "textarea[name], input[type=text][name], input[type=tel][name]"
const keptHere = new Set()

class KeptText extends HTMLElement {
  #offline = () => worthKeeping(this.#texts) && tell(say.offline)

  connectedCallback() {
    this.#restore()
    this.addEventListener("input", () => this.#keep())
    this.addEventListener("submit", () => this.#keep({ sent: true }))
    this.addEventListener("htmx:afterRequest", (event) => this.#answered(event.detail))
    addEventListener("offline", this.#offline)
  }

  disconnectedCallback() {
    removeEventListener("offline", this.#offline)
  }

  get #place() {
    return `kept:${document.body.dataset.person ?? ""}:${this.getAttribute("key")}`
  }

  get #texts() {
    return Object.fromEntries([...this.querySelectorAll(BOXES)].map((box) => [box.name, box.value]))
  }

  #keep({ sent = false } = {}) {
    const texts = this.#texts
    keptHere.add(this.#place)
    if (worthKeeping(texts)) store(this.#place, { texts, sent, at: Date.now() })
    else forget(this.#place)
  }

  #restore() {
    const again = keptHere.has(this.#place)
    const arrived = performance.getEntriesByType("navigation")[0]?.type
    const cameBack = arrived === "back_forward" && !again
    const kept = recall(this.#place)
    if (kept?.sent && !cameBack) forget(this.#place)
    const texts = restored(kept, this.#texts, { now: Date.now(), cameBack })
    for (const [name, text] of Object.entries(texts)) this.#put(name, text)
    if (Object.keys(texts).length && !again) tell(say.kept)
  }

  #put(name, text) {
    const box = this.querySelector(`[name="${CSS.escape(name)}"]`)
    box.value = text
    box.dispatchEvent(new Event("input", { bubbles: true }))
  }

  // htmx has its answer: either the text arrived, or it is still ours to keep.
  // An answer that leads on to another page has arrived, too: htmx does not call it successful.
  #answered({ elt, requestConfig, xhr }) {
    if (requestConfig?.verb !== "post" || !this.contains(elt)) return
    if (xhr.status >= 200 && xhr.status < 400) forget(this.#place)
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
