// <wall-since datetime="…">since 14:29</wall-since> counts up from an instant: “1:50”. While the server is not
// heard, its words stand there: an instant stays true, how long it was ago does not.

import { beats, isStale, serverNow } from "../../design/clock.js"

const HOUR = 3600

class WallSince extends HTMLElement {
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
    const text = isStale() ? this.#stands : passed(Date.parse(this.getAttribute("datetime")))
    if (this.textContent !== text) this.textContent = text
  }
}

function passed(since) {
  const seconds = Math.max(0, Math.floor((serverNow() - since) / 1000))
  const two = (number) => String(number).padStart(2, "0")
  const minutes = Math.floor((seconds % HOUR) / 60)
  return seconds < HOUR ? `${minutes}:${two(seconds % 60)}` : `${Math.floor(seconds / HOUR)}:${two(minutes)}:${two(seconds % 60)}`
}

customElements.define("wall-since", WallSince)
