// <said-line data-undo> says what was done, and offers for a minute to undo it: by its button, or by
// Ctrl or ⌘ with Z outside text boxes.

const SHOWN_FOR = 10_000
const UNDO_FOR = 60_000
const TYPING = "textarea, input, select, [contenteditable]"

class SaidLine extends HTMLElement {
  #timer
  #key = (event) => this.#keyed(event)

  connectedCallback() {
    const undo = this.hasAttribute("data-undo")
    this.#timer = setTimeout(() => this.remove(), undo ? UNDO_FOR : SHOWN_FOR)
    if (undo) document.addEventListener("keydown", this.#key)
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    document.removeEventListener("keydown", this.#key)
  }

  #keyed(event) {
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    if (event.target.closest?.(TYPING) || document.querySelector("dialog:modal")) return
    event.preventDefault()
    this.querySelector("button")?.click()
  }
}

customElements.define("said-line", SaidLine)
