// <translate-entries data-url="/desk/tickets/7/entries/0/translated/"> offers what customers wrote in the
// reader's language: below the original, on demand, kept on the server for whoever asks next.

import { secret } from "../fetching.js"
import { tell } from "../../design/tell.js"
import { say } from "../words.js"

class TranslateEntries extends HTMLElement {
  #feed = document.getElementById("feed")
  #seen = new MutationObserver(() => this.#offer())

  connectedCallback() {
    this.#seen.observe(this.#feed, { childList: true })
    this.#offer()
  }

  disconnectedCallback() {
    this.#seen.disconnect()
  }

  #offer() {
    for (const entry of this.#feed.querySelectorAll("[data-kind=message]:not(:has(.translate-entry, .translation))")) {
      const button = document.createElement("button")
      Object.assign(button, { type: "button", className: "translate-entry", textContent: say.translate })
      button.addEventListener("click", () => this.#translate(entry, button))
      entry.append(button)
    }
  }

  async #translate(entry, button) {
    button.disabled = true
    const address = this.dataset.url.replace("/0/", `/${entry.id.slice(1)}/`)
    const headers = { "X-CSRFToken": secret(), "HX-Request": "true" }
    const answer = await fetch(address, { method: "POST", headers }).catch(() => undefined)
    button.disabled = false
    if (!answer?.ok) return tell(say.not_received)
    button.insertAdjacentHTML("beforebegin", await answer.text())
    button.remove()
  }
}

customElements.define("translate-entries", TranslateEntries)
