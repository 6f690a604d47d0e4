// <wall-clock data-zone="Europe/Berlin">14:33</wall-clock> shows what the server's clock shows; while the server is
// not heard, nothing.

import { beats, isStale, serverNow } from "../../design/clock.js"

class WallClock extends HTMLElement {
  #tick = () => this.#show()

  connectedCallback() {
    beats.addEventListener("tick", this.#tick)
  }

  disconnectedCallback() {
    beats.removeEventListener("tick", this.#tick)
  }

  #show() {
    const how = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: this.dataset.zone }
    const text = isStale() ? "--:--" : new Intl.DateTimeFormat("en-GB", how).format(serverNow())
    if (this.textContent !== text) this.textContent = text
  }
}

customElements.define("wall-clock", WallClock)
