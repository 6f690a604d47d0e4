// What is new since one was here before, on this device: a line stands above it, or a button leads to it where
// it is not in the page.

import { fill } from "../../design/helpers/text.js"
import { say } from "../words.js"

const SPOKEN = ["message", "chat"]

export class News {
  #feed
  #name
  #last
  #at

  constructor(feed, ticket) {
    this.#feed = feed
    this.#name = `seen-${ticket}`
    const { last, at } = JSON.parse(localStorage.getItem(this.#name) ?? "{}")
    this.#last = last
    this.#at = at
  }

  // Returns the event after which the news begin, where they begin above what is in the page.
  mark() {
    this.#feed.querySelector(".new-since")?.remove()
    if (!this.#last) return undefined
    const first = Number(this.#feed.dataset.earlier)
    if (first > this.#last) return this.#last
    const fresh = [...this.#feed.children].find((entry) => Number(entry.id.slice(1)) > this.#last && SPOKEN.includes(entry.dataset.kind))
    fresh?.prepend(this.#line())
    return undefined
  }

  get words() {
    const time = new Date(this.#at).toLocaleTimeString(say.language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: say.zone })
    return fill(say.new_since, { time })
  }

  remember() {
    const last = Number(this.#feed.dataset.last ?? 0)
    if (last) localStorage.setItem(this.#name, JSON.stringify({ last, at: Date.now() }))
  }

  #line() {
    const line = document.createElement("p")
    line.className = "new-since"
    line.textContent = this.words
    return line
  }
}
