// <live-ticket data-parts="/desk/tickets/7/parts/" data-topic="ticket-7"> keeps the open ticket as it is on
// the server. A part is replaced only where it says something else; entries are added in the order in
// which they were recorded, and nobody's reading place is moved. The composer is never touched.

import { Again, fetchPart } from "../fetching.js"
import { replacePart } from "../merging.js"
import { fill, plural } from "../../design/helpers/text.js"
import { say } from "../words.js"

const PARTS = ["head", "pinned", "filing", "review", "callback", "triage-facts", "triage-form", "account"]
const AT_END = 48

class LiveTicket extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 40, gap: 250 })
  #prints = new Map()
  #unread = 0

  connectedCallback() {
    document.body.addEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    document.body.addEventListener("desk:changed", this.#again.now)
    this.addEventListener("due:turn", this.#again.ask)
    this.addEventListener("click", (event) => this.#clicked(event))
    this.addEventListener("keydown", (event) => this.#keyed(event))
    this.#scroller.addEventListener("scroll", () => this.#atEnd && this.#read(), { passive: true })
    for (const id of PARTS) this.#prints.set(id, document.getElementById(id)?.dataset.print)
    this.#announceTimes()
    this.#number()
  }

  disconnectedCallback() {
    document.body.removeEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    document.body.removeEventListener("desk:changed", this.#again.now)
    this.#again.stop()
  }

  get #scroller() {
    return this.querySelector(".ticket-scroll")
  }

  get #feed() {
    return this.querySelector("#feed")
  }

  // The scroller begins at its end and counts upwards from there.
  get #atEnd() {
    return this.#scroller.scrollTop > -AT_END
  }

  async #fetch() {
    const { part } = await fetchPart(this.dataset.parts)
    if (!this.isConnected) return
    for (const id of PARTS) this.#takePart(id, part.querySelector(`#${id}`))
    this.#takeEntries(part.querySelector("#feed"))
    this.#announceTimes()
  }

  // A form with problems differs from what the server says and must stay: what counts is whether the
  // server says something new.
  #takePart(id, fresh) {
    const element = document.getElementById(id)
    if (!fresh || !element || this.#prints.get(id) === fresh.dataset.print || element.querySelector("[data-editing] form")) return
    this.#prints.set(id, fresh.dataset.print)
    replacePart(element, fresh)
  }

  #takeEntries(fresh) {
    const wasAtEnd = this.#atEnd
    const newest = Number(this.#feed.lastElementChild?.id.slice(1) ?? 0)
    const added = []
    for (const entry of [...fresh.children]) {
      const here = document.getElementById(entry.id)
      if (here && here.dataset.print !== entry.dataset.print) here.replaceWith(entry)
      else if (!here && Number(entry.id.slice(1)) > newest) added.push(entry)
    }
    this.#feed.append(...added)
    this.#feed.dataset.last = fresh.dataset.last
    this.#number()
    this.dispatchEvent(new CustomEvent("ticket:heard"))
    this.#tellOf(added.filter((entry) => entry.dataset.kind !== "mark"), wasAtEnd)
  }

  #tellOf(messages, wasAtEnd) {
    if (!messages.length) return
    this.querySelector("#log").textContent = messages
      .map((entry) => `${entry.querySelector(".entry-who").textContent}: ${entry.querySelector(".entry-body").textContent}`)
      .join(". ")
    if (wasAtEnd) return
    this.#unread += messages.length
    const button = this.querySelector(".ticket-newer")
    button.textContent = fill(plural(say.new_messages, this.#unread, say.language), { count: this.#unread })
    button.hidden = false
  }

  #read() {
    this.#unread = 0
    this.querySelector(".ticket-newer").hidden = true
  }

  #clicked(event) {
    const place = event.target
    if (place.closest(".ticket-newer")) {
      this.#scroller.scrollTop = 0
      this.#feed.lastElementChild?.focus({ preventScroll: true })
    } else if (place.closest(".earlier a")) {
      event.preventDefault()
      this.#fetchEarlier(place.closest(".earlier a"))
    } else if (place.closest("a[href='#triage']")) {
      event.preventDefault()
      this.querySelector("#triage")?.scrollIntoView({ block: "nearest" })
      this.querySelector("#triage-choice")?.focus()
    }
  }

  async #fetchEarlier(link) {
    this.#feed.ariaBusy = "true"
    const { part } = await fetchPart(link.href)
    this.#feed.prepend(...part.querySelector("[role=feed]").childNodes)
    const next = part.querySelector(".earlier a")
    if (next) link.href = next.href
    else link.parentElement.remove()
    this.#feed.ariaBusy = "false"
    this.#number()
  }

  #number() {
    const entries = [...this.#feed.children]
    const size = this.querySelector(".earlier") ? -1 : entries.length
    entries.forEach((entry, index) => {
      entry.ariaPosInSet = index + 1
      entry.ariaSetSize = size
      entry.tabIndex = index === entries.length - 1 ? 0 : -1
    })
  }

  // Page Down and Page Up step through the entries (WAI-ARIA feed).
  #keyed(event) {
    const here = event.target.closest("article")
    const step = { PageDown: "nextElementSibling", PageUp: "previousElementSibling" }[event.key]
    if (!here || !step || !this.#feed.contains(here)) return
    event.preventDefault()
    here[step]?.focus()
  }

  // Of the open ticket, and of it alone, the last minutes are said aloud.
  #announceTimes() {
    this.querySelector(".ticket-clocks due-time")?.setAttribute("data-announce", "")
  }
}

customElements.define("live-ticket", LiveTicket)
