// <offer-cards data-url="/desk/offers/" data-topic="notices-3"> shows what is offered to this agent in one
// fixed corner. A card never takes the focus, is announced once, and can be accepted with F2 once it has
// stood for a second, so that a card that changes under the finger is not taken by accident. How much time
// is left on it is asked again while it stands. With data-watches it also asks while it is empty.

import { beats } from "../../design/clock.js"
import { interrupt, whisper } from "../../design/tell.js"
import { Again, fetchPart } from "../fetching.js"
import { roundOf } from "../helpers/loudness.js"
import { insists, isCritical, isLookedAt, isNotice, rings } from "../offer-kinds.js"
import { countCard } from "../offer-time.js"
import { insist, notify, ring } from "../ringing.js"

const YOUNG = 1000
const TAKEN_SHOWN = 8000
const GONE_SHOWN = 3000
const LOOK_EACH = 20_000

class OfferCards extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 60, gap: 500 })
  #announced = new Set()
  #bornAt = new WeakMap()
  #timer
  #queue = () => (this.children.length || this.hasAttribute("data-watches")) && this.#again.ask()
  #tick = () => this.#count()

  connectedCallback() {
    for (const [name, act] of this.#heard) document.body.addEventListener(name, act)
    beats.addEventListener("tick", this.#tick)
    this.addEventListener("click", (event) => event.target.closest("[data-later]") && this.#put(event.target.closest("article")))
    this.#timer = setInterval(this.#queue, LOOK_EACH)
    this.#again.ask()
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
    for (const [name, act] of this.#heard) document.body.removeEventListener(name, act)
    beats.removeEventListener("tick", this.#tick)
    this.#again.stop()
  }

  get #heard() {
    const { topic } = this.dataset
    return [[`live:${topic}`, this.#again.ask], ["live:queue-all", this.#queue], ["desk:changed", this.#queue], ["desk:taken", opened]]
  }

  async #fetch() {
    const had = [...this.children].map((card) => card.dataset.number)
    const { part } = await fetchPart(`${this.dataset.url}?have=${had}`)
    const cards = [...part.querySelectorAll("article")]
    const there = new Set(cards.map((card) => card.dataset.number))
    for (const card of [...this.children]) if (!there.has(card.dataset.number)) this.#remove(card)
    for (const card of cards) this.#take(card)
  }

  #take(card) {
    const here = this.querySelector(`article[data-number="${card.dataset.number}"]`)
    const taken = card.classList.contains("offer--taken")
    if (here && taken && !here.classList.contains("offer--taken")) this.#replace(here, card)
    else if (here && !taken) here.querySelector(".offer-words")?.replaceWith(card.querySelector(".offer-words"))
    else if (!here && !taken) this.#add(card)
  }

  #replace(here, card) {
    const had = here.contains(document.activeElement)
    here.replaceWith(card)
    this.#bind()
    if (had) this.#refocus()
    setTimeout(() => this.#remove(card), card.dataset.number.startsWith("o") ? GONE_SHOWN : TAKEN_SHOWN)
  }

  #add(card) {
    const { number } = card.dataset
    const words = card.querySelector(".offer-words").textContent.trim().replace(/\s+/g, " ")
    if (isNotice(card) && !insists(card) && isLookedAt(card)) return this.#mention(number, words)
    this.append(card)
    this.#bornAt.set(card, performance.now())
    window.htmx?.process(card)
    setTimeout(() => this.#bind(), YOUNG + 10)
    this.#count()
    if (this.#announced.has(number)) return
    this.#announced.add(number)
    if (isCritical(card)) interrupt(words)
    else whisper(words)
    if (card.hasAttribute("data-quiet")) return
    if (!isNotice(card) || card.hasAttribute("data-desktop")) notify(number, words)
    if (rings(card)) ring(number)
  }

  // What is about the ticket that one looks at is one line, and no card (ux.md 8.12).
  #mention(number, words) {
    if (!this.#announced.has(number)) whisper(words)
    this.#announced.add(number)
  }

  // Pressed: the card goes at once, and its form is sent first.
  #put(card) {
    setTimeout(() => this.#remove(card))
  }

  #remove(card) {
    const had = card.contains(document.activeElement)
    card.remove()
    this.#bind()
    if (had) this.#refocus()
  }

  // Who had the focus in a card that went has it in the next one, or where they read.
  #refocus() {
    const next = this.querySelector("button") ?? document.getElementById("main")
    next.focus({ preventScroll: true })
  }

  // F2 accepts the top card, Shift+F2 passes it on.
  #bind() {
    for (const button of this.querySelectorAll("[data-key]")) bind(button)
    const top = [...this.children].find((card) => card.querySelector("[data-claim]"))
    if (!top || performance.now() - this.#bornAt.get(top) < YOUNG) return
    bind(top.querySelector("[data-claim]"), "F2", "claim")
    const passed = top.querySelector("[data-later]")
    if (passed) bind(passed, "Shift+F2", "not_now")
  }

  #count() {
    for (const card of this.children) {
      countCard(card)
      const born = this.#bornAt.get(card)
      if (born !== undefined && (isCritical(card) || insists(card))) insist(card.dataset.number, roundOf(born, performance.now()))
    }
  }
}

function bind(button, key, command) {
  for (const [name, value] of Object.entries({ key, command })) {
    if (value) button.dataset[name] = value
    else delete button.dataset[name]
  }
}

// What was taken goes on at its address: a ticket beside the queue, anything else on a page of its own.
function opened({ detail }) {
  const inPane = detail.address.includes("/q/") && document.getElementById("queue-rows")
  if (inPane) document.body.dispatchEvent(new CustomEvent("desk:open", { detail }))
  else location.assign(detail.address)
}

customElements.define("offer-cards", OfferCards)
