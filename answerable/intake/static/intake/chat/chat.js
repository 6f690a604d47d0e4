// One chat on one page: what is said in it, and how it stands. `face` is the page around it.

import { Bell } from "./bell.js"
import { Changing } from "./changing.js"
import { Composer } from "./composer.js"
import { Listening } from "./listening.js"
import { Log } from "./log.js"
import { Looking } from "./looking.js"
import { Unsent } from "./unsent.js"
import { Standing } from "./standing.js"
import { Told } from "./told.js"

// What was said before this page came is not read out once more.
const QUIET = 500

export class Chat {
  told = new Told()
  state = {}
  #stored = []

  constructor(root, face) {
    const { chat: key, words, zone, language } = root.dataset
    Object.assign(this, { root, face, key, words: JSON.parse(words) })
    this.log = new Log(root.querySelector("[data-chat-log]"), { face, words: this.words, zone, language })
    this.bell = new Bell(face, key)
    this.below = root.querySelector("[data-chat-below]")
    this.standing = new Standing(root, face, this.words)
    this.form = root.querySelector("[data-chat-say]")
    this.unsent = new Unsent({ face, key, took: (line, found) => this.#took(line, found), changed: () => this.#showWaiting() })
    this.composer = new Composer(this.form, { face, words: this.words, send: (line) => this.unsent.add(line), typing: (shown) => this.#tell("typing", shown), editLast: () => this.changing.editLast() })
    this.changing = new Changing({ ...this, field: this.composer.field, arrived: (entry) => this.#arrived(entry), anew: (entry) => this.#anew(entry) })
    this.looking = new Looking({ ...this, last: () => (this.state.end ? 0 : this.told.last), tell: (seq) => face.ask("seen", { seq }) })
    this.listening = new Listening({
      open: (after, signal) => face.stream(after, signal),
      after: () => this.told.last,
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
    setTimeout(() => this.root.querySelector("[role=log]").removeAttribute("aria-live"), QUIET)
    this.unsent.flush()
    if (!this.state.end) this.listening.run()
    return this
  }

  // The page around it goes: what waits to be sent stays in the browser.
  leave() {
    for (const one of [this.listening, this.unsent, this.composer, this.changing, this.looking]) one.end()
  }

  #heard({ event, data }) {
    const facts = JSON.parse(data)
    if (event === "beat") this.changing.beat(facts.now)
    else if (event === "entry") this.#entries([facts])
    else if (event === "state") this.#stands(facts)
    else if (event === "typing") this.standing.types(facts.name)
  }

  #entries(entries, isFirst = false) {
    for (const entry of entries) {
      const shown = this.told.take(entry)
      if (entry.token) this.unsent.forget(entry.token)
      if (shown) this.#show(shown)
      if (shown && !isFirst) this.#happened(entry)
    }
    this.#showWaiting()
    this.changing.show()
    this.looking.look()
  }

  #show(entry) {
    this.log.show([entry], this.told.entries[this.told.entries.indexOf(entry) - 1])
    if (entry.seq === 1 && entry.edited) this.changing.name(entry.text)
  }

  #anew(entry) {
    this.#show(entry)
    this.log.showStates(this.told, this.state)
  }

  // An entry that the server has under its number: ours, before its stream tells it.
  #arrived(entry) {
    if (entry.seq === this.told.last + 1) this.#entries([entry])
    else if (entry.seq > this.told.last) this.listening.again()
  }

  #happened(entry) {
    if (entry.side === "agent") this.standing.types("")
    if (!this.log.isAtEnd()) this.below.hidden = false
    if (entry.kind === "joined") this.face.say(`${this.face.elements(entry.html).textContent}.`)
    if (this.bell.hears(entry)) this.face.news()
  }

  #stands(state) {
    this.state = state
    this.log.showStates(this.told, this.state)
    this.standing.show(state)
    this.root.dataset.stands = state.end ? "over" : state.waiting ? "waiting" : "talking"
    if (state.end) this.#over()
  }

  #over() {
    this.changing.close()
    this.standing.types("")
    this.bell.forget()
    if (this.told.last >= this.state.last) this.listening.end()
    this.face.over(this.root)
  }

  // The server has a line of ours, under its number; or it is too long, or came after the end.
  #took(line, found) {
    if (found.refused) return this.composer.giveBack(line.body, found.refused)
    if (found.over) return this.composer.say(found.over)
    this.#stored.push(line)
    this.#arrived(found)
  }

  #showWaiting() {
    const states = new Map([...this.unsent.states, ...this.#stored.map(({ token }) => [token, "sending"])])
    this.#stored = this.told.waiting(this.#stored)
    const lines = this.told.waiting([...this.#stored, ...this.unsent.lines])
    this.log.showWaiting(lines, states)
    this.log.showStates(this.told, this.state)
  }

  #line(isUp) {
    this.standing.isUp(isUp)
    if (isUp) this.unsent.flush()
  }

  #tell(what, values) {
    this.face.ask(what, values).catch(() => {})
  }

  #clicked({ target }) {
    if (target.closest("[data-chat-again]")) this.unsent.flush()
    else if (target.closest("[data-chat-below]")) this.log.toEnd()
    else if (target.closest("[data-chat-end]")) this.#tell("end")
  }
}
