// <offer-cards data-url="/desk/offers/" data-topic="notices-3"> shows what is offered to this agent in one
// fixed corner. A card never takes the focus, is announced once, and can be accepted with F2 once it has
// stood for a second, so that a card that changes under the finger is not taken by accident. How much time
// is left on it is asked again while it stands.

import { interrupt } from "../../design/tell.js"
import { Again, fetchPart } from "../fetching.js"

const YOUNG = 1000
const TAKEN_SHOWN = 8000
const LOOK_EACH = 20_000

class OfferCards extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 60, gap: 500 })
  #announced = new Set()
  #bornAt = new WeakMap()
  #timer
  #queue = () => this.children.length && this.#again.ask()

  connectedCallback() {
    document.body.addEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    document.body.addEventListener("live:queue-all", this.#queue)
    document.body.addEventListener("desk:changed", this.#queue)
    this.addEventListener("click", (event) => event.target.closest("[data-later]") && this.#remove(event.target.closest("article")))
    this.#timer = setInterval(this.#queue, LOOK_EACH)
    this.#again.ask()
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
    document.body.removeEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    document.body.removeEventListener("live:queue-all", this.#queue)
    document.body.removeEventListener("desk:changed", this.#queue)
    this.#again.stop()
  }

  get #numbers() {
    return [...this.children].map((card) => card.dataset.number)
  }

  async #fetch() {
    const had = this.#numbers
    const { part } = await fetchPart(`${this.dataset.url}?have=${had}`)
    const cards = [...part.querySelectorAll("article")]
    const there = new Set(cards.map((card) => card.dataset.number))
    for (const card of [...this.children]) if (!there.has(card.dataset.number)) this.#remove(card)
    for (const card of cards) this.#take(card)
  }

  #take(card) {
    const { number } = card.dataset
    const here = this.querySelector(`article[data-number="${number}"]`)
    const taken = card.classList.contains("offer--taken")
    if (here && taken && !here.classList.contains("offer--taken")) {
      here.replaceWith(card)
      setTimeout(() => this.#remove(card), TAKEN_SHOWN)
    } else if (here && !taken) {
      here.querySelector(".offer-words")?.replaceWith(card.querySelector(".offer-words"))
    } else if (!taken) {
      this.append(card)
      this.#bornAt.set(card, performance.now())
      window.htmx?.process(card)
      setTimeout(() => this.#bind(), YOUNG + 10)
      if (!this.#announced.has(number)) interrupt(card.querySelector(".offer-words").textContent.trim())
      this.#announced.add(number)
    }
  }

  #remove(card) {
    card.remove()
    this.#bind()
  }

  // F2 accepts the top card.
  #bind() {
    const [top, ...others] = this.querySelectorAll("[data-claim]")
    for (const button of others) delete button.dataset.key
    if (top && performance.now() - this.#bornAt.get(top.closest("article")) >= YOUNG) top.dataset.key = "F2"
  }
}

customElements.define("offer-cards", OfferCards)
