// <chat-talk> holds a chat on a page of ours; without script the conversation and its box stand there.
// <chat-start> shows its form only where a chat can be held.

import { Chat } from "../intake/chat/chat.js"
import { PageFace } from "./chat-face.js"

class ChatTalk extends HTMLElement {
  #chat

  connectedCallback() {
    const template = this.querySelector("template")
    if (template) this.replaceChildren(template.content)
    this.#chat = new Chat(this, new PageFace(this)).begin()
  }

  disconnectedCallback() {
    this.#chat?.leave()
  }
}

class ChatStart extends HTMLElement {}

// What is asked after a chat is answered in its place.
addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-chat-part]")) return
  event.preventDefault()
  const form = event.target
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Part": "1" } }).catch(() => null)
  if (!answer?.ok) return form.submit()
  const part = document.createRange().createContextualFragment(await answer.text()).firstElementChild
  form.replaceWith(part)
  part.focus()
})

customElements.define("chat-talk", ChatTalk)
customElements.define("chat-start", ChatStart)
