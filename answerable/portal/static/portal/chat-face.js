// How a chat asks the server on a page of ours, and how it is heard.

import { PageKeeping } from "./page-keeping.js"

export class PageFace extends PageKeeping {
  #title = document.title

  constructor(element) {
    super(element.dataset.address)
    document.addEventListener("visibilitychange", () => document.hidden || (document.title = this.#title))
  }

  elements(html) {
    return document.createRange().createContextualFragment(html)
  }

  send(line) {
    return this.sendLine("say", line)
  }

  stream(after, signal) {
    return fetch(`${this.address}stream/?after=${after}`, { signal, cache: "no-store" })
  }

  isSeen() {
    return !document.hidden
  }

  news() {
    if (document.hidden) document.title = `● ${this.#title}`
  }

  async over(root) {
    const end = root.querySelector("[data-chat-end]")
    const isFocused = end?.matches(":focus")
    end?.remove()
    if (root.querySelector("[data-chat-foot]")) return
    const answer = await fetch(`${this.address}over/`).catch(() => null)
    if (!answer?.ok || root.querySelector("[data-chat-foot]")) return
    const form = root.querySelector("[data-chat-say]")
    const box = form.closest("kept-text")
    box.before(this.elements(await answer.text()))
    if (isFocused) root.querySelector("[data-chat-foot]").focus()
    if (!form.elements.body.value.trim()) box.remove()
  }
}
