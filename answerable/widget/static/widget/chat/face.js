// A chat in the panel: how it asks the server there, what it keeps, and how it is heard.

import { Chat } from "./chat.js"
import { ring } from "./ringing.js"

const TIMEOUT = 12_000
const TIMEOUT_OF_FILES = 180_000

const style = new CSSStyleSheet()
style.replaceSync(CHAT_STYLE)

// Begin the chat of a view; return how it is left.
export function begin(panel, view) {
  const { adoptedStyleSheets } = panel.desk.shadowRoot
  if (!adoptedStyleSheets.includes(style)) adoptedStyleSheets.push(style)
  const chat = new Chat(view, new PanelFace(panel, view)).begin()
  return () => chat.leave()
}

class PanelFace {
  constructor(panel, view) {
    this.panel = panel
    this.key = view.dataset.key
    this.place = `chat-${this.key}`
  }

  elements(html) {
    return this.panel.elements(html)
  }

  say(words) {
    this.panel.frame.say(words)
  }

  async ask(what, values = {}) {
    return this.#answer(`chat-${what}`, { ...values, key: this.key }, TIMEOUT)
  }

  async send(line) {
    const body = new FormData()
    const rows = await this.panel.files.of(this.#filesOf(line.token))
    for (const [name, value] of Object.entries({ key: this.key, token: line.token, body: line.body })) body.append(name, value)
    for (const row of rows) body.append("new_files", row.file, row.name)
    const answer = await this.#answer("chat-say", body, rows.length ? TIMEOUT_OF_FILES : TIMEOUT)
    if (answer.status === 200) await this.panel.files.empty(this.#filesOf(line.token))
    return answer
  }

  stream(after, signal) {
    return this.panel.calls.follow(`chats/${this.key}/stream/?after=${after}`, signal)
  }

  read(name) {
    return this.panel.store.read(name)
  }

  write(name, value) {
    this.panel.store.write(name, value)
  }

  remove(name) {
    this.panel.store.remove(name)
  }

  alone(name, act) {
    return this.panel.tabs.alone(name, act)
  }

  // Files that were chosen go with this line from now on.
  async take(form, token) {
    const { files, filling } = this.panel
    const rows = await files.of(filling.filesOf(this.place))
    for (const row of rows) {
      await files.put(this.#filesOf(token), new File([row.file], row.name, { type: row.type }))
      await files.drop(row.id)
    }
    if (rows.length) await form.chosen.list()
    return rows.map(({ name }) => ({ name }))
  }

  isSeen() {
    return this.panel.frame.isOpen && !document.hidden
  }

  ring(words) {
    this.say(words)
    ring()
    this.news()
  }

  news() {
    if (this.isSeen()) return
    this.panel.talking.news()
  }

  // A text that was not sent is not taken away: it is added to the request.
  async over(view) {
    const end = view.querySelector("[data-chat-end]")
    const isFocused = end?.matches(":focus")
    end?.remove()
    if (view.querySelector("[data-chat-foot]")) return
    const part = await this.panel.part("chat-over", { key: this.key }).catch(() => null)
    if (!part || view.querySelector("[data-chat-foot]")) return
    const form = view.querySelector("[data-chat-say]")
    form.before(part)
    if (isFocused) part.focus()
    if (!form.elements.body.value.trim()) form.remove()
  }

  #filesOf(token) {
    return this.panel.filling.filesOf(`${this.place}:${token}`)
  }

  async #answer(name, values, timeout) {
    const { status, html } = await this.panel.calls.view(name, values, AbortSignal.timeout(timeout))
    return { status, json: html ? JSON.parse(html) : {} }
  }
}
