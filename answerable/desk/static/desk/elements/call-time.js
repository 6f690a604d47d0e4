// <call-time datetime="…"> counts up from when two began to talk: 03:12. Without script the instant stands there.
// It is not announced.

import { beats, isStale, serverNow } from "../../design/clock.js"

class CallTime extends HTMLElement {
  #tick = () => this.#show()

  connectedCallback() {
    beats.addEventListener("tick", this.#tick)
    this.#show()
  }

  disconnectedCallback() {
    beats.removeEventListener("tick", this.#tick)
  }

  #show() {
    if (isStale()) return
    const seconds = Math.max(0, Math.floor((serverNow() - Date.parse(this.getAttribute("datetime"))) / 1000))
    this.setAttribute("role", "timer")
    const words = [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, "0")).join(":")
    if (this.textContent !== words) this.textContent = words
  }
}

customElements.define("call-time", CallTime)
