// A chat in the panel: how it asks the server there, what it keeps, and how it is heard.

import { Aside } from "./aside.js"
import { Chat } from "./chat.js"

const TIMEOUT = 12_000
const TIMEOUT_OF_FILES = 180_000

const style = new CSSStyleSheet()
style.replaceSync(CHAT_STYLE)

let aside

// Begin the chat of a view; return how it is left, for the view that comes next.
export function begin(panel, view) {
  adopt(panel)
  aside?.end()
  const face = new PanelFace(panel, view.dataset.key)
  const chat = new Chat(view, face).begin()
  const { script, key } = view.dataset
  const kept = { key, script, wrote: chat.words.wrote, back: chat.words.back_to_chat }
  if (!chat.state.end) keep(panel, kept)
  return (next) => {
    chat.leave()
    const isLeft = !chat.state.end && next.dataset.key !== key
    if (isLeft) aside = new Aside(panel, face, { ...kept, after: chat.told.last }).begin()
  }
}

// Hear of a chat that was begun on another page of the vendor's.
export function goOn(panel, kept) {
  adopt(panel)
  aside?.end()
  aside = new Aside(panel, new PanelFace(panel, kept.key), kept).begin()
}

function adopt({ desk }) {
  const { adoptedStyleSheets } = desk.shadowRoot
  if (!adoptedStyleSheets.includes(style)) adoptedStyleSheets.push(style)
}

// Pages that are opened later load the panel by themselves, and it goes on there.
function keep({ store }, kept) {
  store.write("chat", kept)
  store.write("waits", 1)
}

class PanelFace {
  constructor(panel, key) {
    this.panel = panel
    this.key = key
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

  news() {
    if (!this.isSeen()) this.panel.talking.news()
  }

  // A text that was not sent is not taken away: it is added to the request.
  async over(view) {
    this.panel.store.remove("chat")
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
