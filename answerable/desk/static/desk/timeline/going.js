// Going to a place in a conversation, whether it is in the page or not: an entry by its address, a day, what is
// new, the first and the latest. The focus goes along.

import { scrollerOf } from "./place.js"

const STEPS = { PageDown: ["nextElementSibling", "later"], PageUp: ["previousElementSibling", "earlier"] }

export class Going {
  #ticket
  #conversation
  #arrived

  constructor(ticket, conversation, arrived) {
    this.#ticket = ticket
    this.#conversation = conversation
    this.#arrived = arrived
  }

  get #feed() {
    return this.#conversation.feed
  }

  // To an entry by its address, #e12, or to the first of a day.
  to({ hash = "", day }) {
    if (day) return this.#show({ day }, () => document.getElementById(`e${this.#feed.dataset.around}`))
    const [, number] = hash.match(/^#e(\d+)$/) ?? []
    const entry = () => document.getElementById(`e${number}`)
    if (!number || entry()) return number && this.#focus(entry())
    return this.#show({ around: number }, entry)
  }

  toNews(last) {
    return this.#show({ around: last }, () => this.#feed.querySelector(".new-since")?.closest("article"))
  }

  async toEnd() {
    const isFiltered = (this.#feed.dataset.show ?? "all") !== this.#conversation.shown
    if (this.#feed.dataset.later || isFiltered) await this.#conversation.show({})
    const scroller = scrollerOf(this.#ticket)
    const last = this.#feed.lastElementChild
    if (scroller.matches(".ticket-scroll")) scroller.scrollTop = 0
    else last?.scrollIntoView({ block: "end" })
    if (!this.#ticket.querySelector("[role=tab]:focus")) last?.focus({ preventScroll: true })
    this.#arrived()
  }

  // Page Down and Page Up step through the entries (WAI-ARIA feed), Home and End lead to the ends.
  async keyed(event) {
    const here = event.target.closest("article")
    if (!here || !this.#feed.contains(here)) return
    const step = STEPS[event.key]
    if (!step && event.key !== "Home" && event.key !== "End") return
    event.preventDefault()
    if (event.key === "End") return this.toEnd()
    if (event.key === "Home") return this.#toStart()
    if (!here[step[0]]) await this.#conversation.more(step[1])
    here[step[0]]?.focus()
  }

  #toStart() {
    const first = () => this.#feed.firstElementChild
    return this.#feed.dataset.earlier ? this.#show({ after: 0 }, first) : this.#focus(first())
  }

  async #show(asked, find) {
    await this.#conversation.show(asked)
    this.#focus(find() ?? this.#feed.firstElementChild)
  }

  #focus(entry) {
    entry?.focus({ preventScroll: true })
    entry?.scrollIntoView({ block: "center" })
    this.#arrived()
  }
}
