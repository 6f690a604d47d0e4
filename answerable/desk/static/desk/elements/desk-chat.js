// <desk-chat> is one chat as its agent has it: the log by its stream, what is on its way, who is typing, what
// was seen. Its head, its notices and the customer beside it are parts, fetched when the ticket changes.

import { beats, serverNow } from "../../design/clock.js"
import { LogView } from "../chat/log-view.js"
import { Posting } from "../chat/posting.js"
import { Sending } from "../chat/sending.js"
import { ChatStream } from "../chat/stream.js"
import { TypingLine } from "../chat/typing.js"
import { Again, fetchPart } from "../fetching.js"
import { ChatLog } from "../helpers/chatlog.js"
import { replacePart } from "../merging.js"

const LOOKS = ["focus", "visibilitychange"]
const PARTS = ["chat-head", "pinned", "chat-notice", "account"]

class DeskChat extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 150, gap: 2500 })
  #log = new ChatLog()
  #state = {}
  #view
  #stream
  #sending
  #posting
  #typing
  #tick = () => this.#beat()
  #look = () => this.#see()

  connectedCallback() {
    this.box = this.querySelector("chat-box")
    const data = JSON.parse(this.querySelector("#chat-data").textContent)
    this.me = data.me
    this.#view = new LogView(this, this.#log, data.me)
    this.#posting = new Posting(this.dataset)
    this.#typing = new TypingLine(this.querySelector(".chat-typing"))
    for (const entry of data.entries) this.#take(entry)
    this.#view.notes(data.notes)
    this.#stand(data.state)
    const on = { changed: (waiting) => this.#view.waiting(waiting), arrived: (entry) => this.#take(entry) }
    this.#sending = new Sending({ ...this.dataset, ...on })
    this.#stream = new ChatStream(this.dataset.stream, () => this.#log.after, (type, detail) => this.#heard(type, detail))
    this.#listen()
    this.#sending.start()
    this.#stream.start()
    this.#view.toEnd()
  }

  disconnectedCallback() {
    this.#stream?.stop()
    this.#sending?.stop()
    this.#again.stop()
    beats.removeEventListener("tick", this.#tick)
    for (const name of LOOKS) removeEventListener(name, this.#look)
    document.body.removeEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    document.body.removeEventListener("desk:changed", this.#again.now)
  }

  #listen() {
    document.body.addEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    document.body.addEventListener("desk:changed", this.#again.now)
    this.addEventListener("due:turn", this.#again.ask)
    this.addEventListener("click", (event) => this.#clicked(event))
    this.addEventListener("keydown", (event) => this.#keyed(event))
    beats.addEventListener("tick", this.#tick)
    for (const name of LOOKS) addEventListener(name, this.#look)
  }

  // The chat box hands over what it was told to send, and that its writer types.
  send = (message) => this.#sending.add(message)
  typing = () => this.#posting.typing()

  editLast() {
    const line = this.#log.lastOwn(this.me, Date.now())
    document.querySelector(`#s${line?.seq} [data-act=edit]`)?.click()
  }

  #heard(type, detail) {
    const heard = { entry: () => this.#take(detail), state: () => this.#stand(detail), typing: () => this.#typing.show(detail) }
    heard[type]?.()
  }

  #take(entry) {
    if (entry.mine) this.#sending?.heard(entry.token)
    const line = this.#log.take(entry)
    if (!line) return
    this.#view.show(line)
    if (!line.mine) this.#typing.end()
    this.#view.seen(this.#state)
    this.#see()
  }

  #stand(state) {
    const before = this.#state
    this.#state = state
    this.#view.seen(state)
    this.#posting.seen(state.seen.agent)
    const told = (of) => [of.agent, of.end, of.contact_here, of.waiting].join()
    if (before.seen && told(before) !== told(state)) this.#again.now()
  }

  // Of a customer's silence the agent hears before the customer does.
  #beat() {
    this.#view.tick()
    this.#typing.tick()
    const { suggest_at: at, end } = this.#state
    this.box.suggest(Boolean(at) && !end && serverNow() > Date.parse(at))
  }

  // Seen is what stood before the eyes of who answers.
  #see() {
    if (document.visibilityState === "visible" && document.hasFocus() && this.box && !this.box.hidden) this.#posting.see(this.#log.after)
  }

  async #fetch() {
    const { part } = await fetchPart(this.dataset.parts)
    if (!this.isConnected) return
    for (const id of PARTS) {
      const [here, fresh] = [document.getElementById(id), part.querySelector(`#${id}`)]
      if (here && fresh && here.dataset.print !== fresh.dataset.print) replacePart(here, fresh)
    }
    this.#view.notes(JSON.parse(part.querySelector("#chat-notes").textContent).notes)
    this.box.hidden = !document.getElementById("chat-notice").dataset.writes
  }

  #clicked(event) {
    const place = event.target
    if (place.closest("[data-take-back]")) return this.#takeBack(place.closest("[data-token]").dataset.token)
    const act = place.closest("[data-act]")
    const line = act && this.#log.line(Number(act.closest("[data-seq]").dataset.seq))
    if (line && act.dataset.act === "edit") this.#posting.edit(act.closest("article"), line, () => this.#view.show(line))
    if (line && act.dataset.act === "delete") this.#posting.change({ of: line.seq })
  }

  // What was not taken goes back into the box, before what stands there.
  #takeBack(token) {
    const { body } = this.#sending.drop(token)
    this.box.putBack(body)
  }

  // Page Down and Page Up step through the lines, as in the timeline of a ticket.
  #keyed(event) {
    const step = { PageDown: 1, PageUp: -1 }[event.key]
    if (!step || !event.target.closest(".chat-log")) return
    event.preventDefault()
    this.querySelector(".ticket-scroll").scrollBy(0, step * 200)
  }
}

customElements.define("desk-chat", DeskChat)
