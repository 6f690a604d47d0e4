// <connection-bar> says whether times are live, in words, and from when they are if not. With `delay` also
// how long what the server says takes to this page, at most.

import { beats, isStale, lastHeard, minutesOff, secondsLate } from "../clock.js"
import { tenths } from "../helpers/delay.js"
import { clockSeconds } from "../helpers/moments.js"
import { fill } from "../helpers/text.js"
import { interrupt, tell } from "../tell.js"
import { say } from "../words.js"

class ConnectionBar extends HTMLElement {
  #was = "starting"
  #tick = () => this.#show()

  connectedCallback() {
    beats.addEventListener("tick", this.#tick)
    for (const name of ["online", "offline"]) addEventListener(name, this.#tick)
  }

  disconnectedCallback() {
    beats.removeEventListener("tick", this.#tick)
    for (const name of ["online", "offline"]) removeEventListener(name, this.#tick)
  }

  #show() {
    if (!document.querySelector("live-stream")) return
    const state = isStale() ? (navigator.onLine ? "stale" : "offline") : "live"
    const text = this.#words(state)
    if (this.textContent !== text) this.textContent = text
    if (state !== this.#was) this.#turn(state, text)
  }

  #words(state) {
    if (state === "offline") return `${say.offline} ${this.#asOf()}`
    if (state === "stale") return this.#asOf()
    const off = minutesOff()
    if (off === 0) return this.#live()
    return fill(off > 0 ? say.clock_fast : say.clock_slow, { minutes: Math.abs(off) })
  }

  #live() {
    const late = this.hasAttribute("delay") ? secondsLate() : undefined
    if (late === undefined) return say.live
    const seconds = tenths(late).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1 })
    return fill(say.live_late, { seconds })
  }

  #asOf() {
    return Number.isFinite(lastHeard()) ? fill(say.stale, { time: clockSeconds(lastHeard(), say) }) : say.connecting
  }

  #turn(state, text) {
    const before = this.#was
    this.#was = this.dataset.state = state
    if (state !== "live") return interrupt(text)
    interrupt("")
    if (before === "stale" || before === "offline") tell(say.back)
  }
}

customElements.define("connection-bar", ConnectionBar)
