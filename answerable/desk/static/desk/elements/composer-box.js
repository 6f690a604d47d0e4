// <composer-box data-mode="reply" data-draft="…/draft/reply/"> is one box for one kind of text. It saves
// what is typed on the server within a second, and says when; its form sends, and nothing else does.
// Inside the box no key changes what it is: Escape leaves it, and the draft is kept.

import { secret, sessionOver } from "../fetching.js"
import { remaining, seenFor } from "../helpers/writing.js"
import { Saver } from "../saver.js"
import { say } from "../words.js"

class ComposerBox extends HTMLElement {
  #saver
  #sent = ""
  #was = ""
  #hide = () => this.#saver.flush()
  #follow = () => this.#pinSeen()

  connectedCallback() {
    this.#was = this.#text.value
    this.#saver = new Saver((text, keep) => this.#post(text, keep), (state) => this.#say(state))
    this.addEventListener("input", () => this.#typed())
    this.addEventListener("click", (event) => this.#clicked(event))
    this.addEventListener("keydown", (event) => this.#keyed(event))
    this.addEventListener("htmx:confirm", (event) => this.#before(event))
    this.addEventListener("htmx:beforeOnLoad", (event) => this.#lost(event))
    this.addEventListener("htmx:afterRequest", (event) => this.#after(event.detail))
    this.closest("live-ticket")?.addEventListener("ticket:heard", this.#follow)
    addEventListener("pagehide", this.#hide)
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.#hide)
    this.#saver.flush()
  }

  get #text() {
    return this.querySelector("textarea")
  }

  get #details() {
    return this.querySelector("details")
  }

  get #seen() {
    return this.querySelector("input[name=seen]")
  }

  #typed() {
    this.#pinSeen()
    this.#was = this.#text.value
    this.#unmark()
    this.#saver.later(this.#text.value)
  }

  // What its writer had seen is what stood there when the writing began.
  #pinSeen() {
    const latest = this.closest("live-ticket")?.querySelector("#feed").dataset.last
    if (!this.#seen || !latest) return
    this.#seen.value = seenFor({ seen: this.#seen.value, latest, wasEmpty: !this.#was.trim() })
  }

  #clicked(event) {
    if (event.target.closest("summary")) {
      event.preventDefault()
      this.open()
    }
    if (event.target.closest("[data-leave]")) this.#leave()
  }

  open() {
    this.#details.open = true
    this.#text.focus()
  }

  // Saves at once what was typed, and ends when it is saved.
  keep() {
    return this.#saver.flush()
  }

  // A reply that was taken back is a draft again; what was typed meanwhile stays below it.
  takeBack(text) {
    const typed = this.#text.value.trim()
    this.#text.value = typed && !text.includes(typed) ? `${text}\n\n${typed}` : text
    this.#text.dispatchEvent(new Event("input", { bubbles: true }))
    this.open()
  }

  #keyed(event) {
    if (event.key !== "Escape" || event.isComposing || document.querySelector("dialog:modal")) return
    event.preventDefault()
    this.#leave()
  }

  #leave() {
    this.#details.open = false
    this.querySelector(".box-draft").textContent = this.#text.value.trim() ? say.draft : ""
    this.querySelector("summary").focus({ preventScroll: true })
  }

  // A draft on its way is awaited: saved after the sending, it would come back.
  #before(event) {
    event.preventDefault()
    this.#sent = this.#text.value
    this.#saver.settle().then(() => event.detail.issueRequest())
  }

  // The session ended: the text is kept, and one press leads to signing in and back.
  #lost(event) {
    const { xhr } = event.detail
    if (xhr.status !== 401) return
    event.preventDefault()
    this.#problem.replaceChildren(sessionOver(xhr.getResponseHeader("HX-Redirect")))
  }

  get #problem() {
    return document.getElementById(`${this.dataset.mode}-problem`)
  }

  // An answer of 422 is shown like any other, but sent is only what was taken.
  #after({ elt, requestConfig, xhr }) {
    if (requestConfig?.verb !== "post" || !elt.matches("form.composer")) return
    if (xhr.status === 422) this.#text.ariaInvalid = String(!this.querySelector("newer-messages"))
    if (xhr.status < 200 || xhr.status > 299) return
    const rest = remaining(this.#sent, this.#text.value)
    this.#text.value = this.#was = rest
    this.#text.dispatchEvent(new Event("input", { bubbles: true }))
    if (!rest) this.#leave()
  }

  #unmark() {
    if (!this.#text.ariaInvalid) return
    this.#text.ariaInvalid = null
    this.#problem.replaceChildren()
  }

  async #post(text, keepalive) {
    const body = new URLSearchParams({ text })
    const headers = { "X-CSRFToken": secret(), "HX-Request": "true" }
    const answer = await fetch(this.dataset.draft, { method: "POST", body, headers, keepalive })
    if (!answer.ok) throw new Error(String(answer.status))
    return (await answer.json()).saved
  }

  #say(words) {
    this.querySelector(".composer-saved").textContent = words
  }
}

customElements.define("composer-box", ComposerBox)
