// <here-beat data-here="/desk/here/" data-gone="/desk/gone/" data-url="/desk/standing/" data-company="/desk/company/"
// data-topic="notices-3"> says every fifteen seconds that this page is open and on which ticket it is, at once when that
// changes, and once that it is closed. The answer is how its reader stands, which the foot shows, and who
// else is on which ticket; so is what is asked when something was offered or taken, and when the reader did something.

import { beats } from "../../design/clock.js"
import { Doing } from "../company/doing.js"
import { Asking, take } from "../company/state.js"
import { Again, fetchPart, secret } from "../fetching.js"
import { showStanding } from "./status-menu.js"

const EACH = 15_000

class HereBeat extends HTMLElement {
  #key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
  #worker
  #doing = new Doing()
  #told = "{}"
  #asking
  #typed = (event) => {
    this.#doing.typed(event)
    this.#lookAround()
  }
  #tick = () => this.#lookAround()
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
    document.addEventListener("input", this.#typed)
    document.addEventListener("visibilitychange", this.#tick)
    beats.addEventListener("tick", this.#tick)
    this.#asking = new Asking(this.dataset.company)
    this.#asking.start()
    this.#beat.now()
  }

  disconnectedCallback() {
    this.#worker.terminate()
    removeEventListener("pagehide", this.#leave)
    removeEventListener("pageshow", this.#return)
    removeEventListener("online", this.#beat.now)
    for (const event of this.#heard) document.body.removeEventListener(event, this.#look.ask)
    document.removeEventListener("input", this.#typed)
    document.removeEventListener("visibilitychange", this.#tick)
    beats.removeEventListener("tick", this.#tick)
    this.#asking.stop()
    this.#beat.stop()
    this.#look.stop()
  }

  get #heard() {
    return [`live:${this.dataset.topic}`, "desk:changed"]
  }

  // Somewhere else, or begun to write: colleagues are told now, and not with the next beat.
  #lookAround() {
    if (JSON.stringify(this.#doing.now) !== this.#told) this.#beat.ask()
  }

  async #here() {
    const doing = this.#doing.now
    const body = this.#form()
    for (const [name, value] of Object.entries({ ...doing, company: "1" })) body.set(name, value)
    this.#told = JSON.stringify(doing)
    const { part } = await fetchPart(this.dataset.here, { method: "POST", body, headers: { "X-CSRFToken": secret() } })
    showStanding(part)
    const company = part.querySelector("#company")
    if (company) take(JSON.parse(company.textContent))
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
