// A chat in the panel: how it asks the server there, what it keeps, and how it is heard.

import { Chat } from "./chat.js"
import { KeepingFace } from "./keeping.js"
import { ring } from "./ringing.js"

const style = new CSSStyleSheet()
style.replaceSync(CHAT_STYLE)

// Begin the chat of a view; return how it is left.
export function begin(panel, view) {
  const { adoptedStyleSheets } = panel.desk.shadowRoot
  if (!adoptedStyleSheets.includes(style)) adoptedStyleSheets.push(style)
  const chat = new Chat(view, new PanelFace(panel, view)).begin()
  return () => chat.leave()
}

class PanelFace extends KeepingFace {
  constructor(panel, view) {
    super(panel, `chat-${view.dataset.key}`)
    this.key = view.dataset.key
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
}
