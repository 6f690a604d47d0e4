// <copy-text><button>…</button><textarea hidden>…</textarea></copy-text> copies the text beside its button.

import { tell } from "../../design/tell.js"
import { say } from "../words.js"

class CopyText extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.#copy())
  }

  async #copy() {
    const source = this.querySelector("textarea")
    try {
      await navigator.clipboard.writeText(source.value)
      tell(say.copied)
    } catch {
      source.hidden = false
      source.select()
    }
  }
}

customElements.define("copy-text", CopyText)
