// <due-time datetime="…" data-reader="agent"> counts down to an instant that the server decided.
// Without script, and whenever the server is not heard, the due time itself stands there.
// When the instant, or the one in data-turns, passes, it fires `due:turn`, for its part to refetch.

import { beats, isStale, serverNow } from "../clock.js"
import { agentLeft, customerBy, customerDue, moment } from "../helpers/countdown.js"
import { tell } from "../tell.js"
import { fill, plural } from "../helpers/text.js"
import { say } from "../words.js"

const COUNT = { agent: agentLeft, customer: customerDue }
const STAND = { agent: moment, customer: customerBy }
const ANNOUNCED_MINUTES = [5, 1]

class DueTime extends HTMLElement {
  #tick = () => this.#show()
  #before

  connectedCallback() {
    beats.addEventListener("tick", this.#tick)
    this.#show()
  }

  disconnectedCallback() {
    beats.removeEventListener("tick", this.#tick)
  }

  #show() {
    const due = Date.parse(this.getAttribute("datetime"))
    const now = serverNow()
    if (isStale()) return this.#stand(due, now)
    this.setAttribute("role", "timer")
    this.toggleAttribute("overdue", now > due)
    this.#write((COUNT[this.dataset.reader] ?? agentLeft)(due, now, say))
    this.#pass(due, now)
  }

  #stand(due, now) {
    this.removeAttribute("role")
    this.#write((STAND[this.dataset.reader] ?? moment)(due, now || Date.now(), say))
  }

  #write(text) {
    if (this.textContent !== text) this.textContent = text
  }

  // The first look only remembers: what has passed before, the server knew when it wrote the page.
  #pass(due, now) {
    const before = this.#before
    this.#before = now
    if (before === undefined) return
    const passed = (instant) => before <= instant && now > instant
    if (passed(due) || passed(Date.parse(this.dataset.turns))) {
      this.dispatchEvent(new CustomEvent("due:turn", { bubbles: true }))
    }
    if (this.hasAttribute("data-announce")) this.#announce(due, passed)
  }

  #announce(due, passed) {
    for (const minutes of ANNOUNCED_MINUTES) {
      if (passed(due - minutes * 60_000)) tell(fill(plural(say.minutes_left, minutes, say.language), { minutes }))
    }
    if (passed(due)) tell(say.now_late)
  }
}

customElements.define("due-time", DueTime)
