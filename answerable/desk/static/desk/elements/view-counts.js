// <view-counts data-url="/desk/q/all/counts/"> shows how many tickets each view has, and how many are late.

import { Again, fetchPart } from "../fetching.js"

class ViewCounts extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 1000, gap: 5000 })

  connectedCallback() {
    document.body.addEventListener("live:queue-all", this.#again.ask)
    document.body.addEventListener("desk:changed", this.#again.ask)
    this.#again.now()
  }

  disconnectedCallback() {
    document.body.removeEventListener("live:queue-all", this.#again.ask)
    document.body.removeEventListener("desk:changed", this.#again.ask)
    this.#again.stop()
  }

  // A link that has the focus keeps it: only what it says is put in place.
  async #fetch() {
    const { part } = await fetchPart(this.dataset.url)
    const fresh = [...part.querySelectorAll("a")]
    const shown = [...this.querySelectorAll("a")]
    if (fresh.length !== shown.length) this.querySelector("nav").replaceChildren(...fresh)
    else shown.forEach((link, index) => link.replaceChildren(...fresh[index].childNodes))
  }
}

customElements.define("view-counts", ViewCounts)
