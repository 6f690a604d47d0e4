// <sending-bar data-url="/desk/sending/" data-topic="notices-3"> shows the replies that have not left yet,
// on every page of the desk. U takes the newest back, or Ctrl or ⌘ with Z where nothing else is to be
// undone; its words go back into the box that they came from, above what was written there since.

import { beats, isStale, serverNow } from "../../design/clock.js"
import { fill } from "../../design/helpers/text.js"
import { Again, fetchPart } from "../fetching.js"
import { say } from "../words.js"

const TYPING = "textarea, input, select, [contenteditable]"

class SendingBar extends HTMLElement {
  #pressed = false
  #again = new Again(() => this.#fetch(), { wait: 20, gap: 200 })
  #tick = () => this.#count()
  #key = (event) => this.#keyed(event)
  #undone = (event) => this.#putBack(event.detail)

  connectedCallback() {
    document.body.addEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    document.body.addEventListener("desk:changed", this.#again.now)
    document.body.addEventListener("desk:undone", this.#undone)
    document.addEventListener("keydown", this.#key)
    beats.addEventListener("tick", this.#tick)
    this.addEventListener("htmx:confirm", (event) => this.#before(event))
    this.addEventListener("htmx:afterRequest", () => this.#after())
    this.#count()
  }

  disconnectedCallback() {
    document.body.removeEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    document.body.removeEventListener("desk:changed", this.#again.now)
    document.body.removeEventListener("desk:undone", this.#undone)
    document.removeEventListener("keydown", this.#key)
    beats.removeEventListener("tick", this.#tick)
    this.#again.stop()
  }

  async #fetch() {
    const { part } = await fetchPart(this.dataset.url)
    if (this.#pressed) return
    const had = this.contains(document.activeElement)
    this.replaceChildren(...part.children)
    window.htmx?.process(this)
    this.#count()
    if (had) this.querySelector("button")?.focus()
  }

  #count() {
    if (isStale()) return
    for (const line of this.children) {
      const left = Math.ceil((Date.parse(line.dataset.leaves) - serverNow()) / 1000)
      const words = left > 0 ? fill(say.sending_in, { seconds: left }) : say.sending
      const place = line.querySelector(".sending-words")
      if (place.textContent !== words) place.textContent = words
    }
  }

  #keyed(event) {
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    if (event.defaultPrevented || event.target.closest?.(TYPING)) return
    if (document.querySelector("dialog:modal, said-line[data-undo]")) return
    const button = this.querySelector("[data-undo] button")
    if (!button) return
    event.preventDefault()
    button.click()
  }

  // What was typed since is saved first, so that the server puts both together. Until its answer is
  // here a button stays where it is: the answer is told to it.
  #before(event) {
    this.#pressed = true
    if (!event.target.matches("[data-undo]")) return
    event.preventDefault()
    Promise.resolve(this.#box?.keep()).finally(() => event.detail.issueRequest())
  }

  #after() {
    this.#pressed = false
    this.#again.ask()
  }

  get #box() {
    return document.querySelector("composer-box[data-mode=reply]")
  }

  async #putBack({ number, address }) {
    const open = document.querySelector("live-ticket")?.dataset.number
    if (open === String(number)) {
      const { part } = await fetchPart(`${address}pane/`)
      this.#box?.takeBack(part.querySelector("#reply-text").value)
    } else if (document.getElementById("queue-rows")) {
      document.body.dispatchEvent(new CustomEvent("desk:open", { detail: { address, focus: "reply-text" } }))
    } else {
      location.assign(address)
    }
  }
}

customElements.define("sending-bar", SendingBar)
