// <call-panel data-call="key" data-dials="tel:…" data-draft="…"> is what a ticket's page shows of a call. A
// call made by hand is dialled as soon as its panel appears, once. What is typed is saved as a draft within
// a second, and stays where the panel is replaced by a newer one. F2 calls, unless an offer waits for it.

import { secret } from "../fetching.js"
import { Saver } from "../saver.js"

const typed = new Map()

class CallPanel extends HTMLElement {
  #saver
  #hide = () => this.#saver?.flush()
  #offers = new MutationObserver(() => this.#bind())

  connectedCallback() {
    if (this.dataset.dials) this.#dial()
    if (this.#text) this.#keepText()
    if (this.#button) this.#follow()
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.#hide)
    this.#offers.disconnect()
    this.#saver?.flush()
  }

  get #text() {
    return this.querySelector("textarea")
  }

  get #button() {
    return this.querySelector("[data-call-now]")
  }

  // Whoever comes back to the page is not called again.
  #dial() {
    const place = `dialled:${this.dataset.call}`
    if (sessionStorage.getItem(place)) return
    sessionStorage.setItem(place, "yes")
    this.querySelector("[data-dial]").click()
  }

  #keepText() {
    this.#saver = new Saver((text, keep) => this.#post(text, keep), (words) => this.#say(words))
    const before = typed.get(this.dataset.draft)
    if (before) this.#put(before)
    this.addEventListener("input", (event) => event.target === this.#text && this.#typed())
    this.addEventListener("htmx:confirm", (event) => this.#before(event))
    this.addEventListener("htmx:afterRequest", (event) => this.#after(event.detail))
    addEventListener("pagehide", this.#hide)
  }

  #put({ text, start, end }) {
    this.#text.value = text
    this.#text.setSelectionRange(start, end)
  }

  #typed() {
    const { value, selectionStart, selectionEnd } = this.#text
    typed.set(this.dataset.draft, { text: value, start: selectionStart, end: selectionEnd })
    this.#saver.later(value)
  }

  // A draft on its way is awaited: saved after the summary, it would come back.
  #before(event) {
    if (!event.target.querySelector("textarea")) return
    event.preventDefault()
    this.#saver.settle().then(() => event.detail.issueRequest())
  }

  #after({ elt, xhr }) {
    if (elt.querySelector("textarea") && xhr.status < 300) typed.delete(this.dataset.draft)
  }

  async #post(text, keepalive) {
    const body = new URLSearchParams({ text })
    const headers = { "X-CSRFToken": secret(), "HX-Request": "true" }
    const answer = await fetch(this.dataset.draft, { method: "POST", body, headers, keepalive })
    if (!answer.ok) throw new Error(String(answer.status))
    return (await answer.json()).saved
  }

  #say(words) {
    const place = this.querySelector(".call-saved")
    if (place) place.textContent = words
  }

  #follow() {
    const offers = document.querySelector("offer-cards")
    if (offers) this.#offers.observe(offers, { childList: true })
    this.#bind()
  }

  #bind() {
    const isOffered = document.querySelector("offer-cards")?.childElementCount
    if (isOffered) delete this.#button.dataset.key
    else this.#button.dataset.key = "F2"
  }
}

customElements.define("call-panel", CallPanel)
