// What a person adds to their requests, message by message. What the server has not is sent by whichever
// page comes next, whether it shows the request or not.

import { KeepingFace } from "./keeping.js"
import { Saying } from "./saying.js"
import { Unsent } from "./unsent.js"

export class Messages {
  #shown = null
  #number = ""
  #outs = new Map()

  constructor(panel) {
    this.panel = panel
  }

  // A box in a view is where its request's messages are written, and where they wait.
  show(view) {
    this.#shown?.leave()
    this.#shown = null
    const form = view.querySelector("form[data-say]")
    if (!form) return
    this.#number = view.dataset.number
    this.#outs.get(this.#number)?.end()
    this.#outs.delete(this.#number)
    this.#shown = new Saying({
      key: this.#key(this.#number),
      form,
      list: view.querySelector("[data-waiting]"),
      face: new RequestFace(this.panel, this.#number),
      words: JSON.parse(form.dataset.words),
      stored: ({ number }) => this.#stored(view, this.#number, number),
    }).begin()
  }

  // The conversation may have by now what waited below it.
  seen(log) {
    this.#shown?.show((token) => Boolean(log.querySelector(`[data-token="${CSS.escape(token)}"]`)))
  }

  get waits() {
    return this.#numbers().length > 0
  }

  flush() {
    this.#shown?.unsent.flush()
    for (const number of this.#numbers()) {
      if (this.#shown && number === this.#number) continue
      if (!this.#outs.has(number)) this.#outs.set(number, this.#out(number))
      this.#outs.get(number).flush()
    }
  }

  // Another person is here: what waits is not theirs.
  drop() {
    this.#shown?.leave()
    this.#shown = null
    for (const out of this.#outs.values()) out.end()
    this.#outs.clear()
  }

  #out(number) {
    const face = new RequestFace(this.panel, number)
    const took = (line, found) => (found.refused ? this.#giveBack(face, line) : this.#tell(found.number))
    return new Unsent({ face, key: this.#key(number), took, changed: () => this.panel.waitsFor() })
  }

  // What was refused while nobody looked waits in its box, with its files.
  #giveBack(face, line) {
    const { drafts } = this.panel
    const draft = drafts.of(face.place)
    const body = [line.body, draft?.values.body].filter(Boolean).join("\n")
    drafts.keep(face.place, { ...draft, values: { ...draft?.values, body }, state: "" })
    return face.giveBack(line)
  }

  #key(number) {
    return `say:${this.panel.calls.person}:${number}`
  }

  #numbers() {
    const start = `chat-out:${this.#key("")}`
    return this.panel.store.names(start).map((name) => name.slice(start.length))
  }

  async #stored(view, here, number) {
    this.#tell(number)
    if (String(number) === here) await this.panel.talking.refresh(view)
    else await this.panel.pages.go("request", { number }, { replace: true })
  }

  #tell(number) {
    this.panel.waitsFor()
    this.panel.desk.tell("sent", { number, by: "say" })
  }
}

class RequestFace extends KeepingFace {
  constructor(panel, number) {
    super(panel, `say-${number}`)
    this.number = number
  }

  async send(line) {
    const answer = await this.sendLine("say", { number: this.number }, line).catch((error) => {
      if (error.stops) this.say(this.panel.words.over)
      throw error
    })
    if (answer.status === 404) throw Object.assign(new Error("say: 404"), { stops: true })
    return answer
  }
}
