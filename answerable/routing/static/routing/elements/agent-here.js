// <agent-here data-here="/desk/here/" data-gone="/desk/gone/" data-offers="/desk/offers/" data-topic="notices-3">
// says on a page outside the desk that its reader is there, as the desk's pages do. What is offered to them
// meanwhile is said here, sounds once, and is taken at the desk.

import { interrupt, whisper } from "../../design/tell.js"

const EACH = 15_000
const TONES = [[0, 660], [0.25, 880]]

class AgentHere extends HTMLElement {
  #key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
  #worker
  #rings = ""
  #beat = () => this.#post(this.dataset.here).catch(() => {})
  #look = () => this.#offers().catch(() => {})
  #leave = () => navigator.sendBeacon(this.dataset.gone, this.#form())
  #return = (event) => event.persisted && this.#beat()

  connectedCallback() {
    this.#worker = new Worker(new URL("../beating.js", import.meta.url))
    this.#worker.onmessage = this.#beat
    this.#worker.postMessage({ each: EACH })
    document.body.addEventListener(`live:${this.dataset.topic}`, this.#look)
    addEventListener("pagehide", this.#leave)
    addEventListener("pageshow", this.#return)
    addEventListener("online", this.#beat)
    this.#beat()
    this.#look()
  }

  disconnectedCallback() {
    this.#worker.terminate()
    document.body.removeEventListener(`live:${this.dataset.topic}`, this.#look)
    removeEventListener("pagehide", this.#leave)
    removeEventListener("pageshow", this.#return)
    removeEventListener("online", this.#beat)
  }

  async #offers() {
    const answer = await fetch(this.dataset.offers, { headers: { "HX-Request": "true" } })
    if (!answer.ok) return
    const cards = document.createElement("template")
    cards.innerHTML = await answer.text()
    const card = cards.content.querySelector("article[data-kind]")
    const words = card?.querySelector(".offer-words").textContent.trim().replace(/\s+/g, " ") ?? ""
    this.querySelector("p").textContent = words
    this.firstElementChild.hidden = !card
    if (card && card.dataset.number !== this.#rings) this.#ring(card, words)
    this.#rings = card?.dataset.number ?? ""
  }

  #ring(card, words) {
    if (card.dataset.kind === "critical") interrupt(words)
    else whisper(words)
    chime()
    if (document.hidden && globalThis.Notification?.permission === "granted") new Notification(words, { tag: card.dataset.number })
  }

  #post(address) {
    return fetch(address, { method: "POST", body: this.#form(), headers: { "HX-Request": "true" } })
  }

  #form() {
    const form = new FormData()
    form.set("page", this.#key)
    form.set("csrfmiddlewaretoken", JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"])
    return form
  }
}

// A page that nobody touched yet may make no sound: then nothing is heard.
function chime() {
  const context = new AudioContext()
  context.resume().catch(() => {})
  for (const [at, frequency] of TONES) {
    const [tone, loud] = [new OscillatorNode(context, { frequency }), new GainNode(context, { gain: 0.1 })]
    tone.connect(loud).connect(context.destination)
    tone.start(context.currentTime + at)
    tone.stop(context.currentTime + at + 0.2)
    tone.addEventListener("ended", () => at && context.close())
  }
}

customElements.define("agent-here", AgentHere)
