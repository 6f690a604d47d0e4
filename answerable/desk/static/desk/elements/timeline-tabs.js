// <timeline-tabs role="tablist"><button role="tab" data-show="messages">…</button></timeline-tabs> shows a part of
// the conversation; arrows lead from tab to tab. What is not shown is there all the same, and counts.
// Where somebody was here before, a line says since when there is news.

import { fill } from "../../design/helpers/text.js"
import { say } from "../words.js"

const SPOKEN = ["message", "chat"]

class TimelineTabs extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#choose(event.target.closest("[role=tab]")))
    this.addEventListener("keydown", (event) => this.#keyed(event))
    this.#sayWhatIsNew()
    this.#remember()
  }

  disconnectedCallback() {
    this.#remember()
  }

  get #tabs() {
    return [...this.querySelectorAll("[role=tab]")]
  }

  get #feed() {
    return document.getElementById("feed")
  }

  #choose(tab) {
    if (!tab) return
    for (const each of this.#tabs) {
      each.ariaSelected = String(each === tab)
      each.tabIndex = each === tab ? 0 : -1
    }
    this.#feed.dataset.show = tab.dataset.show
    tab.focus()
  }

  #keyed(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const tabs = this.#tabs
    this.#choose(tabs.at((tabs.indexOf(document.activeElement) + step) % tabs.length))
  }

  #sayWhatIsNew() {
    const { last, at } = JSON.parse(localStorage.getItem(this.#name) ?? "{}")
    if (!last) return
    const fresh = (entry) => Number(entry.id.slice(1)) > last && SPOKEN.includes(entry.dataset.kind)
    const first = [...this.#feed.children].find(fresh)
    if (!first) return
    const time = new Date(at).toLocaleTimeString(say.language, { hour: "2-digit", minute: "2-digit", timeZone: say.zone })
    const line = document.createElement("p")
    line.className = "new-since"
    line.textContent = fill(say.new_since, { time })
    first.prepend(line)
  }

  #remember() {
    const last = Number(this.#feed?.dataset.last ?? 0)
    if (last) localStorage.setItem(this.#name, JSON.stringify({ last, at: Date.now() }))
  }

  get #name() {
    return `seen-${this.dataset.ticket}`
  }
}

customElements.define("timeline-tabs", TimelineTabs)
