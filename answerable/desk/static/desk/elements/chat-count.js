// <chat-count data-url="/desk/chats/count/"><a>…</a></chat-count> says in the rail in how many chats somebody
// waits for this agent, on whichever page of the desk they are.

import { whisper } from "../../design/tell.js"
import { Again } from "../fetching.js"

class ChatCount extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 100, gap: 1500 })

  connectedCallback() {
    for (const name of this.#names) document.body.addEventListener(name, this.#again.ask)
  }

  disconnectedCallback() {
    for (const name of this.#names) document.body.removeEventListener(name, this.#again.ask)
    this.#again.stop()
  }

  get #names() {
    return ["live:queue-all", `live:${this.dataset.topic}`, "desk:changed"]
  }

  async #fetch() {
    const answer = await fetch(this.dataset.url, { headers: { "HX-Request": "true" } })
    if (!answer.ok) return
    const { count, label } = await answer.json()
    const badge = this.querySelector(".badge")
    // A message for me makes no sound (ux.md 8.12): a number, and one line in the status.
    if (count > Number(badge.textContent) && !document.querySelector("desk-chat")) whisper(label)
    badge.textContent = count
    badge.hidden = !count
    this.querySelector("a").ariaLabel = label
  }
}

customElements.define("chat-count", ChatCount)
