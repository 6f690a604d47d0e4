// A chat in the panel: how it asks the server there, what it keeps, and how it is heard.

import { Aside } from "./aside.js"
import { Chat } from "./chat.js"
import { KeepingFace } from "./keeping.js"

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

class PanelFace extends KeepingFace {
  constructor(panel, key) {
    super(panel, `chat-${key}`)
    this.key = key
  }

  async ask(what, values = {}) {
    return this.answer(`chat-${what}`, { ...values, key: this.key })
  }

  send(line) {
    return this.sendLine("chat-say", { key: this.key }, line)
  }

  stream(after, signal) {
    return this.panel.calls.follow(`chats/${this.key}/stream/?after=${after}`, signal)
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
}
