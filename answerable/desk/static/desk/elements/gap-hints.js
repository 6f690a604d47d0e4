// <gap-hints for="reply-text"> names the gaps of a macro that nobody has filled in; each is a button that
// selects it in the text.

import { gaps } from "../helpers/macros.js"
import { fill } from "../../design/helpers/text.js"
import { say } from "../words.js"

class GapHints extends HTMLElement {
  #look = () => this.#show(gaps(this.#text.value))

  connectedCallback() {
    this.#text.addEventListener("input", this.#look)
    this.addEventListener("click", (event) => this.#select(event.target.dataset.gap))
    this.#look()
  }

  get #text() {
    return document.getElementById(this.getAttribute("for"))
  }

  #show(names) {
    const shown = [...this.children].map(({ dataset }) => dataset.gap)
    if (shown.join() === names.join()) return
    this.replaceChildren(...names.map(button))
    this.hidden = !names.length
  }

  #select(name) {
    if (!name) return
    const at = this.#text.value.indexOf(`{${name}}`)
    this.#text.focus()
    this.#text.setSelectionRange(at, at + name.length + 2)
  }
}

function button(name) {
  const made = document.createElement("button")
  made.type = "button"
  made.className = "gap-hint"
  made.dataset.gap = name
  made.textContent = fill(say.fill_gap, { name: `{${name}}` })
  return made
}

customElements.define("gap-hints", GapHints)
