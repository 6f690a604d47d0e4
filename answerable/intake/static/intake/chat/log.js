// The chat as a log: entries at its end, where they stay; lines that wait to be sent below them.

import { filesOf, made, waitingRow } from "./pieces.js"
import { goesOn, stateOf } from "./told.js"

const NEAR = 60
// What happened is told with its time.
const TIMED = ["joined", "left"]

export class Log {
  #rows = new Map()
  #day = ""
  #wasAtEnd = true

  constructor(element, { face, words, zone, language }) {
    Object.assign(this, { element, face, words, box: element.parentElement })
    const format = (options) => new Intl.DateTimeFormat(language, { timeZone: zone, ...options })
    this.clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    this.date = format({ weekday: "long", day: "numeric", month: "long" })
    this.box.addEventListener("scroll", () => (this.#wasAtEnd = this.isAtEnd()))
    // Whoever reads the end goes on reading it when the box becomes smaller.
    new ResizeObserver(() => this.#wasAtEnd && this.toEnd()).observe(this.box)
  }

  time(at) {
    return this.clock.format(new Date(at))
  }

  row(seq) {
    return this.#rows.get(seq)
  }

  // Show entries that are new; one that is there already is written over, unless it is edited just now.
  show(entries, before) {
    const isAtEnd = this.isAtEnd()
    for (const entry of entries) {
      const row = this.#row(entry, before)
      const old = this.#rows.get(entry.seq)
      if (old?.querySelector(".entry-edit")) continue
      if (old) old.replaceWith(row)
      else this.#append(row, entry)
      this.#rows.set(entry.seq, row)
      before = entry
    }
    if (isAtEnd) this.toEnd()
  }

  showWaiting(lines, states) {
    const isAtEnd = this.isAtEnd()
    this.element.querySelectorAll("[data-token]").forEach((row) => row.remove())
    this.element.append(...lines.map((line) => this.#waiting(line, states.get(line.token) ?? "sending")))
    if (isAtEnd) this.toEnd()
  }

  // When it was seen is known of the newest line that was.
  showStates(told, state) {
    let at = state.seen_at?.agent
    for (const entry of told.entries.toReversed()) {
      const line = this.#rows.get(entry.seq)?.querySelector("[data-state]")
      if (!line) continue
      const says = stateOf(entry, state.seen)
      this.#say(line, says, at)
      if (says === "seen") at = ""
    }
  }

  isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.box
    return scrollHeight - scrollTop - clientHeight < NEAR
  }

  toEnd() {
    this.box.scrollTop = this.box.scrollHeight
    this.#wasAtEnd = true
  }

  #append(row, entry) {
    const day = this.date.format(new Date(entry.at))
    const waiting = this.element.querySelector("[data-token]")
    const rows = day === this.#day ? [row] : [made("li", "day", this.#dayOf(day)), row]
    this.#day = day
    if (waiting) waiting.before(...rows)
    else this.element.append(...rows)
  }

  #dayOf(day) {
    return day === this.date.format(new Date()) ? this.words.today : day
  }

  #row(entry, before) {
    if (entry.kind !== "said") return this.#mark(entry)
    const isOurs = entry.side === "contact"
    const row = made("li", `entry${isOurs ? " entry--ours" : ""}${goesOn(before, entry) ? " entry--goes-on" : ""}`)
    row.dataset.seq = entry.seq
    row.append(this.#head(isOurs, entry.name, entry.at), this.#body(entry))
    if (isOurs) this.#say(row.appendChild(made("p", "entry-state")), "sent")
    return row
  }

  #head(isOurs, name, at) {
    const head = made("div", "entry-head")
    const who = made("span", "entry-who", isOurs ? this.words.you : name)
    if (!isOurs) who.append(" ", made("span", "entry-role", this.words.specialist))
    const when = made("time", "entry-when", this.time(at))
    when.dateTime = at
    head.append(who, made("span", "unseen", ", "), when)
    return head
  }

  #body(entry) {
    const body = made("div", "entry-body")
    body.dir = "auto"
    if (entry.deleted) body.append(made("em", "entry-gone", this.words.deleted))
    else body.append(this.face.elements(entry.html))
    if (entry.edited && !entry.deleted) body.append(" ", made("small", "entry-edited", this.words.edited))
    if (entry.files.length) body.append(filesOf(entry.files))
    return body
  }

  #mark(entry) {
    const mark = made("li", `mark mark--${entry.kind}`)
    mark.dataset.seq = entry.seq
    mark.append(this.face.elements(entry.html))
    if (TIMED.includes(entry.kind)) mark.append(`, ${this.time(entry.at)}`)
    return mark
  }

  #waiting(line, state) {
    return waitingRow(line, state, this.words, this.time(line.at))
  }

  #say(line, state, at) {
    line.dataset.state = state
    line.textContent = state === "seen" && at ? `${this.words.seen} ${this.time(at)}` : this.words[state]
  }
}
