// The entries of the open ticket: a window of a conversation that may be long. Scrolling to an edge fetches
// what is beyond it, and what is far away goes; entries stand in the order in which they were recorded.

import { merge, placeFor } from "../helpers/feed.js"
import { Edges } from "./edges.js"
import { fits, number, numberOf, trim } from "./entries.js"
import { placesOf, windowOf } from "./fetched.js"
import { keepPlace, scrollerOf } from "./place.js"

export class Conversation {
  #ticket
  #edges
  #busy = false
  #above
  #count
  #changed
  isLong = false
  shown = "all" // which sort of entries is in the page

  constructor(ticket, changed) {
    this.#ticket = ticket
    this.#changed = changed
    this.feed = ticket.querySelector("#feed")
  }

  start() {
    this.#edges = new Edges(this.#ticket, scrollerOf(this.#ticket), (edge) => this.more(edge))
    if (!this.feed.dataset.earlier) [this.#above, this.#count] = [0, this.entries.length]
    else this.#ask().catch(() => {})
    this.#settle()
  }

  stop() {
    this.#edges.stop()
  }

  get entries() {
    return [...this.feed.children]
  }

  // What the server says of the latest entries. Returns those that are new, whether they are shown or wait below.
  take(fresh, atEnd) {
    const newest = Math.max(numberOf(this.feed.lastElementChild ?? { id: "e0" }), Number(this.feed.dataset.told ?? 0))
    const { first, earlier, last } = fresh.dataset
    const way = merge({ newest, later: this.feed.dataset.later, first: Number(first), earlier, atEnd })
    const added = [...fresh.children].filter((entry) => numberOf(entry) > newest)
    const work = () => (way === "replace" ? this.#replace(fresh) : this.#merge(fresh, way === "add"))
    if (atEnd) work()
    else keepPlace(scrollerOf(this.#ticket), this.feed, work)
    this.feed.dataset.last = last
    this.feed.dataset.told = Math.max(newest, ...added.map(numberOf))
    if (way === "leave" && added.length) this.feed.dataset.later ||= String(numberOf(this.feed.lastElementChild))
    if (way === "leave" && this.#count) this.#count += added.length
    if (way === "replace") this.#ask().catch(() => {})
    if (atEnd && way === "add") this.#trim("start")
    this.#settle()
    return added
  }

  #merge(fresh, adds) {
    const [first, last] = [this.feed.firstElementChild, this.feed.lastElementChild].map((entry) => (entry ? numberOf(entry) : 0))
    for (const entry of [...fresh.children]) {
      const here = document.getElementById(entry.id)
      const isInside = numberOf(entry) > first && (adds || numberOf(entry) < last)
      if (here && here.dataset.print !== entry.dataset.print) here.replaceWith(entry)
      else if (!here && isInside && fits(entry, this.feed.dataset.show)) this.#insert(entry)
    }
  }

  #insert(entry) {
    const place = placeFor(numberOf(entry), this.entries.map(numberOf))
    this.feed.insertBefore(entry, this.feed.children[place] ?? null)
    if (this.#count !== undefined) this.#count += 1
  }

  // Fetches what is beyond an edge, “earlier” or “later”.
  async more(edge) {
    const from = this.feed.dataset[edge]
    if (this.#busy || !from) return
    const part = await this.#fetch({ [edge === "earlier" ? "before" : "after"]: from })
    if (!part || this.feed.dataset[edge] !== from) return
    keepPlace(scrollerOf(this.#ticket), this.feed, () => {
      if (edge === "earlier") this.feed.prepend(...part.children)
      else this.feed.append(...part.children)
      this.feed.dataset[edge] = part.dataset[edge]
      if (edge === "earlier") this.#above = Number(part.dataset.above)
      this.#count = Number(part.dataset.count)
      this.#trim(edge === "earlier" ? "end" : "start")
      this.#settle()
    })
    this.#edges.look()
  }

  // Shows another window: around an entry, of a day, the first or the latest.
  async show(asked) {
    const part = await this.#fetch(asked, true)
    this.shown = this.feed.dataset.show ?? "all"
    this.#replace(part)
    this.#settle()
  }

  #replace(part) {
    const { earlier = "", later = "", first, around = "", count, above } = part.dataset
    Object.assign(this.feed.dataset, { earlier, later, first, around })
    ;[this.#count, this.#above] = count === undefined ? [] : [Number(count), Number(above)]
    this.feed.replaceChildren(...part.children)
  }

  #trim(side) {
    const gone = trim(this.feed, side)
    if (!gone) return
    if (side === "start") this.feed.dataset.earlier = String(numberOf(this.feed.firstElementChild))
    else this.feed.dataset.later = String(numberOf(this.feed.lastElementChild))
    if (side === "start" && this.#above !== undefined) this.#above += gone
  }

  async #fetch(asked, always = false) {
    if (this.#busy && !always) return undefined
    this.#busy = true
    this.feed.ariaBusy = "true"
    try {
      return await windowOf(this.feed, asked)
    } finally {
      this.#busy = false
      this.feed.ariaBusy = "false"
    }
  }

  async #ask() {
    const { first } = this.feed.dataset
    const { count, above } = await placesOf(this.feed)
    if (this.feed.dataset.first !== first || this.#count !== undefined) return
    ;[this.#count, this.#above] = [count, above]
    this.#number()
  }

  #settle() {
    this.#edges.show(this.feed.dataset)
    this.isLong ||= Boolean(this.feed.dataset.earlier || this.feed.dataset.later)
    this.#number()
    this.#edges.look()
    this.#changed()
  }

  #number() {
    const length = this.feed.children.length
    number(this.entries, { above: this.#above, count: this.#count, length, later: this.feed.dataset.later })
  }
}
