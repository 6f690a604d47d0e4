// A chat whose view is not shown: its person is still there, and what is said to them rings at once.

import { Bell } from "./bell.js"
import { Listening } from "./listening.js"

const NEWS = ["said", "joined", "told", "ended"]

export class Aside {
  #bar

  // `kept` has the chat's key, its words, and after which entry it goes on; else after what rang, or the newest.
  constructor(panel, face, kept) {
    Object.assign(this, { panel, face, kept, person: panel.calls.person })
    this.bell = new Bell(face, kept.key)
    this.last = kept.after ?? (this.bell.seq || null)
    this.listening = new Listening({
      open: (after, signal) => face.stream(after, signal),
      after: () => this.last ?? 0,
      heard: (event) => this.#heard(event),
      line: () => {},
    })
  }

  // One tab hears for all of them.
  begin() {
    this.panel.tabs.alone("chat-aside", () => this.listening.run())
    return this
  }

  end() {
    this.listening.end()
    this.#bar?.remove()
  }

  #heard({ event, data }) {
    if (this.panel.calls.person !== this.person) return this.end()
    const facts = JSON.parse(data)
    if (event === "entry") this.#entry(facts)
    if (event !== "state") return
    this.last = Math.max(this.last ?? 0, facts.last)
    if (facts.end) this.#over()
  }

  #entry(entry) {
    const isNew = this.last !== null && entry.seq > this.last
    if (isNew) this.last = entry.seq
    if (!isNew || entry.side === "contact" || !NEWS.includes(entry.kind)) return
    this.#show(entry)
    this.bell.news(entry.seq)
    this.panel.talking.news()
  }

  // Above whatever view is shown stands what happened, and the way back.
  #show({ kind, name, html }) {
    const words = kind === "said" ? this.kept.wrote.replace("{name}", name) : this.panel.elements(html).textContent
    const [bar, text, back] = ["div", "p", "button"].map((one) => document.createElement(one))
    bar.className = "warning notice chat-aside"
    text.textContent = words
    Object.assign(back, { type: "button", className: "button button--small", textContent: this.kept.back })
    Object.assign(back.dataset, { go: "chat", args: `key=${this.kept.key}` })
    bar.append(text, back)
    this.#bar?.remove()
    this.#bar = bar
    this.panel.frame.body.before(bar)
    if (this.panel.frame.isOpen) this.panel.frame.say(words)
  }

  #over() {
    this.panel.store.remove("chat")
    this.bell.forget()
    this.listening.end()
  }
}
