// <since-time datetime="…">14:29</since-time> counts up from an instant, by the server's clock; while the
// server is not heard, the instant itself stands there.

import { beats, isStale, serverNow } from "../../design/clock.js"
import { since } from "../helpers/since.js"

class SinceTime extends HTMLElement {
  #stands = this.textContent
  #tick = () => this.#show()

  connectedCallback() {
    beats.addEventListener("tick", this.#tick)
    this.#show()
  }

  disconnectedCallback() {
    beats.removeEventListener("tick", this.#tick)
  }

  #show() {
    const text = isStale() ? this.#stands : since(Date.parse(this.getAttribute("datetime")), serverNow())
    if (this.textContent !== text) this.textContent = text
  }
}

customElements.define("since-time", SinceTime)
