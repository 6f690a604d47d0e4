// <live-parts data-url="/desk/incidents/7/parts/" data-topic="incidents-all"> keeps the parts in it as they
// are on the server: it fetches them when the topic changes, and once more at the instant `data-again`.

import { Again, fetchPart } from "../fetching.js"
import { replacePart } from "../merging.js"

class LiveParts extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 60, gap: 800 })
  #timer

  connectedCallback() {
    document.body.addEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    document.body.addEventListener("desk:changed", this.#again.now)
    const later = Date.parse(this.dataset.again ?? "") - Date.now()
    if (later >= 0) this.#timer = setTimeout(this.#again.ask, later + 500)
  }

  disconnectedCallback() {
    document.body.removeEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    document.body.removeEventListener("desk:changed", this.#again.now)
    this.#again.stop()
    clearTimeout(this.#timer)
  }

  // What is folded out stays so.
  async #fetch() {
    const { part } = await fetchPart(this.dataset.url)
    for (const fresh of part.querySelectorAll("[data-print][id]")) {
      const here = this.querySelector(`#${CSS.escape(fresh.id)}`)
      if (!here || here.dataset.print === fresh.dataset.print) continue
      const open = [...here.querySelectorAll("details")].map((details) => details.open)
      const next = replacePart(here, fresh)
      next.querySelectorAll("details").forEach((details, index) => (details.open = open[index] ?? details.open))
    }
  }
}

customElements.define("live-parts", LiveParts)
