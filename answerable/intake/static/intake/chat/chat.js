// One chat on one page: what is said in it, and how it stands. `face` is the page around it.

import { Composer } from "./composer.js"
import { Listening } from "./listening.js"
import { Log } from "./log.js"
import { Outbox } from "./outbox.js"
import { Standing } from "./standing.js"
import { Story } from "./story.js"

// What was said before this page came is not read out once more.
const QUIET = 500

export class Chat {
  story = new Story()
  state = {}
  #arrived = []
  #seen = 0
  #look = () => this.#looked()

  constructor(root, face) {
    const { chat: key, words, zone, language } = root.dataset
    Object.assign(this, { root, face, key, words: JSON.parse(words) })
    this.log = new Log(root.querySelector("[data-chat-log]"), { face, words: this.words, zone, language })
    this.below = root.querySelector("[data-chat-below]")
    this.standing = new Standing(root, face, this.words)
    this.form = root.querySelector("[data-chat-say]")
    this.outbox = new Outbox({ face, key, took: (line, found) => this.#took(line, found), changed: () => this.#showWaiting() })
    this.composer = new Composer(this.form, { face, words: this.words, send: (line) => this.outbox.add(line), typing: () => this.#tell("typing") })
    this.listening = new Listening({
      open: (after, signal) => face.stream(after, signal),
      after: () => this.story.last,
      heard: (event) => this.#heard(event),
      line: (isUp) => this.#line(isUp),
    })
    root.addEventListener("click", (event) => this.#clicked(event))
  }

  begin() {
    const { entries, state } = this.root.dataset
    this.#entries(JSON.parse(entries), true)
    this.#stands(JSON.parse(state))
    this.#showWaiting()
    this.log.toEnd()
    for (const [target, kind] of this.#looks()) target.addEventListener(kind, this.#look, true)
    setTimeout(() => this.root.querySelector("[role=log]").removeAttribute("aria-live"), QUIET)
    this.outbox.flush()
    if (!this.state.end) this.listening.run()
    return this
  }

  // The page around it goes: what waits to be sent stays in the browser.
  leave() {
    this.listening.end()
    this.outbox.end()
    for (const [target, kind] of this.#looks()) target.removeEventListener(kind, this.#look, true)
  }

  #looks() {
    return [[document, "visibilitychange"], [this.root, "focusin"], [this.log.box, "scroll"]]
  }

  #heard({ event, data }) {
    if (event === "beat") return
    const facts = JSON.parse(data)
    if (event === "entry") this.#entries([facts])
    else if (event === "state") this.#stands(facts)
    else if (event === "typing") this.standing.types(facts.name)
  }

  #entries(entries, isFirst = false) {
    for (const entry of entries) {
      const shown = this.story.take(entry)
      if (entry.token) this.outbox.forget(entry.token)
      if (shown) this.log.show([shown], this.#before(shown))
      if (shown && !isFirst) this.#happened(entry)
    }
    this.#showWaiting()
    this.#looked()
  }

  #before(entry) {
    return this.story.entries[this.story.entries.indexOf(entry) - 1]
  }

  #happened({ kind, side, name, html }) {
    if (side === "agent") this.standing.types("")
    if (!this.log.isAtEnd()) this.below.hidden = false
    if (kind === "joined") this.face.ring(`${this.face.elements(html).textContent}.`)
    else if (kind === "said" && side === "agent") this.face.news(name)
  }

  #stands(state) {
    const isNew = state.seen.agent > (this.state.seen?.agent ?? Infinity)
    this.state = { ...state, seenAt: isNew ? new Date().toISOString() : this.state.seenAt }
    this.log.showStates(this.story, this.state)
    this.standing.show(state)
    this.root.dataset.stands = state.end ? "over" : state.waiting ? "waiting" : "talking"
    if (state.end) this.#over()
  }

  #over() {
    this.standing.types("")
    if (this.story.last >= this.state.last) this.listening.end()
    this.face.over(this.root)
  }

  // The server has a line of ours, under its number; or it is too long, or came after the end.
  #took(line, found) {
    if (found.refused) return this.composer.giveBack(line.body, found.refused)
    if (found.over) {
      this.face.say(found.over)
      return this.composer.say(found.over)
    }
    this.#arrived.push(line)
    if (found.seq === this.story.last + 1) this.#entries([found])
    else if (found.seq > this.story.last) this.listening.again()
  }

  #showWaiting() {
    const states = new Map([...this.outbox.states, ...this.#arrived.map(({ token }) => [token, "sending"])])
    this.#arrived = this.story.waiting(this.#arrived)
    const lines = this.story.waiting([...this.#arrived, ...this.outbox.lines])
    this.log.showWaiting(lines, states)
    this.log.showStates(this.story, this.state)
  }

  #line(isUp) {
    this.standing.isUp(isUp)
    if (isUp) this.outbox.flush()
  }

  // What stands on the screen of somebody who looks has been seen.
  #looked() {
    const { last } = this.story
    if (this.log.isAtEnd()) this.below.hidden = true
    if (last <= this.#seen || this.state.end || !this.face.isSeen() || !this.log.isAtEnd()) return
    this.#seen = last
    this.#tell("seen", { seq: last })
  }

  #tell(what, values) {
    this.face.ask(what, values).catch(() => (this.#seen = 0))
  }

  #clicked({ target }) {
    if (target.closest("[data-chat-again]")) this.outbox.flush()
    else if (target.closest("[data-chat-below]")) this.log.toEnd()
    else if (target.closest("[data-chat-end]")) this.#tell("end")
  }
}
