// <live-ticket data-parts="/desk/tickets/7/parts/" data-topic="ticket-7"> keeps the open ticket as it is on
// the server. A part is replaced only where it says something else; entries are added in the order in
// which they were recorded, and nobody's reading place is moved. The composer is never touched.

import { Again, fetchPart } from "../fetching.js"
import { replacePart } from "../merging.js"
import { fill, plural } from "../../design/helpers/text.js"
import { Conversation } from "../timeline/conversation.js"
import { Going } from "../timeline/going.js"
import { News } from "../timeline/news.js"
import { say } from "../words.js"

const PARTS = ["head", "pinned", "filing", "review", "callback", "prepared", "triage-facts", "triage-form", "account"]
const AT_END = 48

class LiveTicket extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 40, gap: 250 })
  #prints = new Map()
  #unread = 0
  #conversation
  #going
  #news

  connectedCallback() {
    document.body.addEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    document.body.addEventListener("desk:changed", this.#again.now)
    this.addEventListener("due:turn", this.#again.ask)
    this.addEventListener("click", (event) => this.#clicked(event))
    this.addEventListener("htmx:sendError", (event) => this.#unloaded(event.target))
    this.addEventListener("htmx:responseError", (event) => this.#unloaded(event.target))
    this.addEventListener("htmx:afterSwap", (event) => event.target.id === "triage-form" && this.#propose())
    this.addEventListener("keydown", (event) => this.#going.keyed(event))
    this.addEventListener("timeline:show", () => this.#conversation.isLong && this.#going.toEnd())
    this.addEventListener("timeline:reveal", ({ detail }) => this.#going.to(detail))
    this.#scroller.addEventListener("scroll", () => this.#atEnd && this.#read(), { passive: true })
    for (const id of PARTS) this.#prints.set(id, document.getElementById(id)?.dataset.print)
    this.#announceTimes()
    this.#news = new News(this.#feed, this.dataset.number)
    this.#conversation = new Conversation(this, () => this.#markNews())
    this.#going = new Going(this, this.#conversation, () => this.#atEnd && this.#read())
    this.#conversation.start()
    this.#news.remember()
    this.#going.to({ hash: location.hash })
  }

  disconnectedCallback() {
    document.body.removeEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    document.body.removeEventListener("desk:changed", this.#again.now)
    this.#again.stop()
    this.#conversation.stop()
    this.#news.remember()
  }

  get #scroller() {
    return this.querySelector(".ticket-scroll")
  }

  get #feed() {
    return this.querySelector("#feed")
  }

  // The scroller begins at its end and counts upwards from there.
  get #atEnd() {
    return this.#scroller.scrollTop > -AT_END && !this.#feed.dataset.later
  }

  async #fetch() {
    const { part } = await fetchPart(this.dataset.parts)
    if (!this.isConnected) return
    for (const id of PARTS) this.#takePart(id, part.querySelector(`#${id}`))
    const wasAtEnd = this.#atEnd
    const added = this.#conversation.take(part.querySelector("#feed"), wasAtEnd)
    this.dispatchEvent(new CustomEvent("ticket:heard"))
    this.#tellOf(added.filter((entry) => entry.dataset.kind !== "mark"), wasAtEnd)
    this.#announceTimes()
  }

  // A form with problems differs from what the server says and must stay: what counts is whether the
  // server says something new. So must a sentence that is being typed.
  #takePart(id, fresh) {
    const element = document.getElementById(id)
    if (!fresh || !element || this.#prints.get(id) === fresh.dataset.print || isWritten(element)) return
    this.#prints.set(id, fresh.dataset.print)
    replacePart(element, fresh)
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

  // What is new may begin above what is in the page: then a button leads there.
  #markNews() {
    const above = this.#news.mark()
    const button = this.querySelector("[data-news]")
    button.hidden = above === undefined
    if (above !== undefined) button.textContent = `${this.#news.words} ↑`
    button.dataset.news = above ?? ""
  }

  #clicked(event) {
    const place = event.target
    const edge = place.closest("[data-edge] :is(a, button)")
    if (place.closest(".ticket-newer")) this.#going.toEnd()
    else if (place.closest("[data-news]")) this.#going.toNews(place.closest("[data-news]").dataset.news)
    else if (edge) {
      event.preventDefault()
      this.#conversation.more(edge.closest("[data-edge]").dataset.edge)
    } else if (place.closest("a[href='#triage']")) {
      event.preventDefault()
      this.querySelector("#triage")?.scrollIntoView({ block: "nearest" })
      this.querySelector("#triage-choice")?.focus()
    }
  }

  // Once a claim is decided Enter promises the next update, unless its writer is somewhere else by then.
  #propose() {
    if (document.activeElement === document.body) this.querySelector("#next-update-promise")?.focus({ preventScroll: true })
  }

  // A part that fetches itself says so where it could not; what it had said before stays.
  #unloaded(part) {
    const failed = part.querySelector?.(":scope > [data-failed]")
    if (!failed) return
    failed.hidden = false
    part.querySelector("[data-waits]")?.remove()
  }

  // Of the open ticket, and of it alone, the last minutes are said aloud.
  #announceTimes() {
    this.querySelector(".ticket-clocks due-time")?.setAttribute("data-announce", "")
  }
}

const isWritten = (part) => part.querySelector("[data-editing] form") || [...part.querySelectorAll("input[name=words]")].some(({ value }) => value)

customElements.define("live-ticket", LiveTicket)
