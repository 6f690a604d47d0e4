// The log of a chat on the page: lines stand in the order of their numbers, notes where they were written,
// what is on its way at the end. Whoever reads above is not moved.

import { continues, isChangeable } from "../helpers/chatlog.js"
import { serverNow } from "../../design/clock.js"
import { clockTime } from "../../design/helpers/moments.js"
import { fill, plural } from "../../design/helpers/text.js"
import { say } from "../words.js"
import { lineElement, noteElement, waitingElement } from "./lines.js"

const AT_END = 48

export class LogView {
  #chat
  #log
  #me
  #list
  #unread = 0

  constructor(chat, log, me) {
    this.#chat = chat
    this.#log = log
    this.#me = me
    this.#list = chat.querySelector(".chat-log")
    this.#scroller.addEventListener("scroll", () => this.#atEnd && this.#read(), { passive: true })
    chat.querySelector(".ticket-newer").addEventListener("click", () => this.toEnd())
  }

  get #scroller() {
    return this.#chat.querySelector(".ticket-scroll")
  }

  // The scroller begins at its end and counts upwards from there.
  get #atEnd() {
    return this.#scroller.scrollTop > -AT_END
  }

  #icons = (kind) => {
    const found = this.#chat.querySelector(".chat-icons").content.querySelector(`[data-for=${kind}] svg`)
    return found ? found.cloneNode(true) : ""
  }

  show(line) {
    const wasAtEnd = this.#atEnd
    const element = lineElement(line, this.#icons)
    const here = document.getElementById(element.id)
    if (here?.querySelector(".say-edit")) return
    const focused = here?.contains(document.activeElement)
    if (here) here.replaceWith(element)
    else this.#list.insertBefore(element, this.#place(line))
    this.#offer(element, line)
    this.#group(element, line)
    if (focused) element.querySelector("button")?.focus()
    if (!here && !line.mine && !wasAtEnd) this.#tell()
    if (!here && line.mine) this.toEnd()
  }

  // Before the next line, and before what is on its way; a note stays where it was written.
  #place(line) {
    const next = document.getElementById(`s${this.#log.following(line.seq)}`)
    return next ?? this.#list.querySelector(".say--waiting")
  }

  notes(notes) {
    for (const note of notes) {
      const element = noteElement(note)
      if (document.getElementById(element.id)) continue
      const later = [...this.#list.children].find((other) => other.dataset.token || Date.parse(other.dataset.at) > Date.parse(note.at))
      this.#list.insertBefore(element, later ?? null)
      this.toEnd()
    }
  }

  waiting(messages) {
    const fresh = messages.map((message) => waitingElement(message, this.#me))
    const before = this.#list.querySelectorAll(".say--waiting")
    for (const element of before) element.remove()
    this.#list.append(...fresh)
    if (fresh.length > before.length) this.toEnd()
  }

  // Two of one person within minutes stand under one head.
  #group(element, line) {
    element.classList.toggle("say--more", continues(line, this.#lineBefore(element)))
    const after = element.nextElementSibling
    const next = this.#log.line(Number(after?.dataset.seq))
    if (next) after.classList.toggle("say--more", continues(next, line))
  }

  #lineBefore(element) {
    return this.#log.line(Number(element.previousElementSibling?.dataset.seq))
  }

  // For a minute, its writer may change a line or take it back.
  #offer(element, line) {
    if (!isChangeable(line, this.#me, serverNow())) return
    const acts = document.createElement("span")
    acts.className = "say-acts"
    for (const [act, words] of [["edit", say.edit_line], ["delete", say.delete_line]]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "say-act", textContent: words })
      button.dataset.act = act
      acts.append(button)
    }
    element.append(acts)
  }

  // Called each tick: what may no longer be changed offers it no longer.
  tick() {
    for (const acts of this.#list.querySelectorAll(".say-acts")) {
      const line = this.#log.line(Number(acts.closest("[data-seq]").dataset.seq))
      if (!isChangeable(line, this.#me, serverNow())) acts.remove()
    }
  }

  // Under the last line of ours stands whether it was seen, and when.
  seen({ seen, seen_at: at }) {
    for (const old of this.#list.querySelectorAll(".say-seen")) old.remove()
    const own = [...this.#list.querySelectorAll(".say--ours[data-seq]")].at(-1)
    if (!own) return
    const words = document.createElement("p")
    words.className = "say-state say-seen"
    const isSeen = Number(own.dataset.seq) <= (seen?.contact ?? 0)
    const time = isSeen && at?.contact ? ` ${clockTime(Date.parse(at.contact), say)}` : ""
    words.textContent = `${isSeen ? say.seen : say.sent}${time}`
    own.append(words)
  }

  toEnd() {
    this.#scroller.scrollTop = 0
    this.#chat.querySelector(".chat-dock").scrollIntoView({ block: "nearest" })
    this.#read()
  }

  #tell() {
    this.#unread++
    const button = this.#chat.querySelector(".ticket-newer")
    button.textContent = fill(plural(say.new_messages, this.#unread, say.language), { count: this.#unread })
    button.hidden = false
  }

  #read() {
    this.#unread = 0
    this.#chat.querySelector(".ticket-newer").hidden = true
  }
}
