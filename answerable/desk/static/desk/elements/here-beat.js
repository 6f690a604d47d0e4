// <here-beat data-here="/desk/here/" data-gone="/desk/gone/" data-url="/desk/standing/" data-topic="notices-3">
// says every fifteen seconds that this page is open, and once that it is closed. The answer is how its
// reader stands, which the foot shows; so does what is asked when something was offered or taken, and when
// the reader did something.

import { Again, fetchPart, secret } from "../fetching.js"
import { showStanding } from "./status-menu.js"

const EACH = 15_000

class HereBeat extends HTMLElement {
  #key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
  #worker
  #beat = new Again(() => this.#here(), { wait: 0, gap: 1000 })
  #look = new Again(() => this.#stands(), { wait: 100, gap: 1000 })
  #leave = () => this.#gone()
  #return = (event) => event.persisted && this.#beat.now()

  connectedCallback() {
    this.#worker = new Worker(new URL("../../routing/beating.js", import.meta.url))
    this.#worker.onmessage = this.#beat.now
    this.#worker.postMessage({ each: EACH })
    addEventListener("pagehide", this.#leave)
    addEventListener("pageshow", this.#return)
    addEventListener("online", this.#beat.now)
    for (const event of this.#heard) document.body.addEventListener(event, this.#look.ask)
    this.#beat.now()
  }

  disconnectedCallback() {
    this.#worker.terminate()
    removeEventListener("pagehide", this.#leave)
    removeEventListener("pageshow", this.#return)
    removeEventListener("online", this.#beat.now)
    for (const event of this.#heard) document.body.removeEventListener(event, this.#look.ask)
    this.#beat.stop()
    this.#look.stop()
  }

  get #heard() {
    return [`live:${this.dataset.topic}`, "desk:changed"]
  }

  async #here() {
    const { part } = await fetchPart(this.dataset.here, { method: "POST", body: this.#form(), headers: { "X-CSRFToken": secret() } })
    showStanding(part)
  }

  async #stands() {
    const { part } = await fetchPart(this.dataset.url)
    showStanding(part)
  }

  #gone() {
    navigator.sendBeacon(this.dataset.gone, this.#form())
  }

  #form() {
    const form = new FormData()
    form.set("page", this.#key)
    form.set("csrfmiddlewaretoken", secret())
    return form
  }
}

customElements.define("here-beat", HereBeat)
