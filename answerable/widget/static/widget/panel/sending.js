// Sends a form once: whatever is pressed twice, breaks off, or waits until the line is back.

import { SessionOver } from "./calls.js"
import { detailsFile, detailsOf } from "./technical.js"
import { notice } from "./notices.js"

const FLUSHED_EACH = 5_000
const ARRIVES = { send: "request", "ask-for-call": "call", "begin-chat": "chat" }

export class Sending {
  #busy = false

  constructor(panel) {
    this.panel = panel
    addEventListener("online", () => {
      this.flush()
      this.panel.messages.flush()
    })
    setInterval(() => navigator.onLine && this.flush(), FLUSHED_EACH)
  }

  async submit(form, submitter) {
    if (this.#busy) return
    this.#busy = true
    const button = form.querySelector("[data-submit]")
    const label = button.lastChild.textContent
    button.setAttribute("aria-busy", "true")
    button.lastChild.textContent = this.panel.words.sending
    this.panel.filling.keepNow()
    const extra = submitter?.name ? { [submitter.name]: submitter.value } : {}
    const draft = { ...this.panel.filling.draftOf(form), extra, details: this.#details(form) }
    try {
      await this.panel.tabs.alone("send", () => this.#send(form.dataset.draft, draft))
    } finally {
      this.#busy = false
      button.removeAttribute("aria-busy")
      button.lastChild.textContent = label
    }
  }

  // Send what waits: what was sent offline, and what a page was sending as it was left.
  async flush() {
    const waits = () => this.panel.drafts.places().filter((place) => this.panel.drafts.of(place)?.state)
    if (this.#busy || !this.panel.calls.person || !waits().length) return
    this.#busy = true
    this.panel.filling.keepNow()
    try {
      await this.panel.tabs.alone("send", async () => {
        for (const place of waits()) await this.#send(place, this.panel.drafts.of(place))
      })
    } finally {
      this.#busy = false
    }
  }

  sayOffline(form) {
    notice(form, "offline", this.panel.words.offline)
    this.panel.frame.say(this.panel.words.offline)
  }

  async #send(place, draft) {
    this.#mark(place, draft, "sending")
    try {
      const answer = await this.panel.calls.view(draft.to, await this.#body(place, draft))
      if (answer.status === 200) await this.#done(place, draft, answer.html)
      else this.#refused(place, draft, answer)
    } catch (error) {
      this.#failed(place, draft, error)
    }
  }

  #mark(place, draft, state) {
    this.panel.drafts.keep(place, { ...draft, state })
    this.panel.waitsFor()
  }

  // With what was typed since it was pressed.
  #markAgain(place, draft, state) {
    this.#mark(place, { ...draft, values: this.panel.drafts.of(place)?.values ?? draft.values }, state)
  }

  async #body(place, draft) {
    const { desk, drafts, files } = this.panel
    const body = new FormData()
    for (const [name, value] of Object.entries({ ...draft.values, ...draft.extra })) body.append(name, value)
    body.append("surface", desk.options.surface ?? "web")
    for (const [name, value] of Object.entries(drafts.story())) body.append(name, value)
    for (const row of await files.of(this.panel.filling.filesOf(place))) body.append("new_files", row.file, row.name)
    if (draft.details) body.append("new_files", new File([draft.details.text], draft.details.name, { type: "text/plain" }))
    return body
  }

  // As they are when it is pressed, whenever it leaves.
  #details(form) {
    const { desk, words } = this.panel
    return form.elements.technical?.checked ? detailsFile(detailsOf(desk, words), words) : null
  }

  async #done(place, draft, html) {
    const { drafts, files, filling, pages, desk } = this.panel
    const isShown = filling.form(place)
    drafts.forget(place)
    await files.empty(filling.filesOf(place))
    if (draft.to === "send") drafts.question = ""
    this.panel.tabs.tell("sent", place)
    this.panel.waitsFor()
    if (isShown) pages.arrive(html, ARRIVES[draft.to])
    desk.tell("sent", { number: Number(/data-number="(\d+)"/.exec(html)?.[1]), by: draft.to })
  }

  #refused(place, draft, answer) {
    this.#markAgain(place, draft, "")
    if (!this.panel.filling.form(place)) return
    if (answer.status === 422 || answer.status === 409) this.panel.pages.put(answer.html)
    else this.#notReceived(place)
  }

  #failed(place, draft, error) {
    const isOver = error instanceof SessionOver
    // What we said would be sent is tried until it is: the line is back before all else is.
    const waits = !isOver && (draft.state || !navigator.onLine)
    this.#markAgain(place, draft, waits ? "queued" : "")
    const form = this.panel.filling.form(place)
    if (!form) return
    if (isOver) notice(form, "over", this.panel.words.over)
    else if (!navigator.onLine) this.sayOffline(form)
    else this.#notReceived(place)
    if (isOver) this.panel.frame.say(this.panel.words.over)
  }

  #notReceived(place) {
    const { words } = this.panel
    const form = this.panel.filling.form(place)
    notice(form, "failed", words.not_received, words.send_again, () => form.requestSubmit())
    this.panel.frame.say(words.not_received)
  }
}
