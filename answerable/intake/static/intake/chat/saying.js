// What somebody adds to a request, message by message: each stands below the conversation and says
// whether it is sent, until the conversation has it. `face` is the page around it.

import { Composer } from "./composer.js"
import { waitingRow } from "./pieces.js"
import { Unsent } from "./unsent.js"

export class Saying {
  // Stored by the server, and not yet in the conversation that this page shows.
  #stored = []

  // `list` is where messages wait; `stored(found)` is told that the server has one.
  constructor({ key, form, list, face, words, byEnter, stored }) {
    Object.assign(this, { list, face, words, stored })
    const format = { timeZone: words.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
    this.clock = new Intl.DateTimeFormat(words.language, format)
    this.unsent = new Unsent({ face, key, took: (line, found) => this.#took(line, found), changed: () => this.show() })
    this.composer = new Composer(form, { face, words, byEnter, send: (line) => this.#add(line) })
    list.addEventListener("click", ({ target }) => target.closest("[data-chat-again]") && this.unsent.flush())
  }

  begin() {
    this.show()
    this.unsent.flush()
    return this
  }

  leave() {
    this.unsent.end()
  }

  // Show what waits, without what the conversation has by now: `has(token)` says so.
  show(has = () => false) {
    this.#stored = this.#stored.filter(({ token }) => !has(token))
    const waiting = this.unsent.lines.map((line) => [line, this.unsent.states.get(line.token) ?? "sending"])
    const rows = [...this.#stored.map((line) => [line, "sent"]), ...waiting]
    const isFocused = this.list.matches(":focus-within")
    this.list.replaceChildren(...rows.map(([line, state]) => waitingRow(line, state, this.words, this.clock.format(new Date(line.at)))))
    if (isFocused) (this.list.querySelector("button") ?? this.composer.field).focus()
  }

  // What was not taken comes back into the box, with its files.
  giveBack(line, problem) {
    this.face.giveBack(line)
    this.composer.giveBack(line.body, problem)
  }

  #add(line) {
    const sending = this.unsent.add(line)
    this.list.lastElementChild?.scrollIntoView({ block: "nearest" })
    return sending
  }

  #took(line, found) {
    if (found.refused) return this.giveBack(line, found.refused)
    this.#stored.push(line)
    this.show()
    this.stored(found)
  }
}
