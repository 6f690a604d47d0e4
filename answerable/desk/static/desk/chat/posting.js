// What a page of a chat tells the server beside lines: that somebody types, up to which number they have
// seen, and what a line should read instead.

import { secret } from "../fetching.js"
import { tell } from "../../design/tell.js"
import { say } from "../words.js"

const TYPING_EACH = 3000

export class Posting {
  #addresses
  #typedAt = -Infinity
  #seen = 0
  #wanted = 0

  constructor(addresses) {
    this.#addresses = addresses
  }

  typing() {
    if (performance.now() - this.#typedAt < TYPING_EACH) return
    this.#typedAt = performance.now()
    this.#post(this.#addresses.typing).catch(() => {})
  }

  // The server knows of this much.
  seen(number) {
    this.#seen = Math.max(this.#seen, number)
  }

  async see(number) {
    if (number <= Math.max(this.#seen, this.#wanted)) return
    this.#wanted = number
    try {
      const answer = await this.#post(this.#addresses.seen, { seq: number })
      if (answer.ok) this.seen(number)
    } catch {
      this.#wanted = this.#seen
    }
  }

  async change(change) {
    try {
      const answer = await this.#post(this.#addresses.change, change)
      if (!answer.ok) tell((answer.status === 422 && (await answer.text())) || say.not_received)
      return answer.ok
    } catch {
      tell(say.not_received)
      return false
    }
  }

  // A line becomes a box of its own: Enter saves, Escape leaves it as it was. The chat box keeps its text.
  edit(element, line, done) {
    const box = document.createElement("textarea")
    box.className = "say-edit"
    box.ariaLabel = say.edit_line
    box.value = line.text
    element.querySelector(".say-body").replaceWith(box)
    element.querySelector(".say-acts")?.remove()
    box.focus()
    const leave = () => {
      box.remove()
      done()
      document.getElementById("chat-text")?.focus()
    }
    box.addEventListener("keydown", async (event) => {
      if (event.isComposing) return
      if (event.key === "Escape") {
        event.preventDefault()
        leave()
      } else if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault()
        const body = box.value.trim()
        if (!body || body === line.text || (await this.change({ of: line.seq, body }))) leave()
      }
    })
  }

  #post(address, fields = {}) {
    const headers = { "X-CSRFToken": secret(), "HX-Request": "true" }
    return fetch(address, { method: "POST", body: new URLSearchParams(fields), headers })
  }
}
