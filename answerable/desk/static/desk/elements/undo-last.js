// <undo-last> takes back what one did last: by Ctrl or ⌘ with Z outside text boxes, whatever the page
// shows by now. What the page still says and offers to undo comes first.

const TYPING = "textarea, input, select, [contenteditable]"
const SHOWN = "dialog:modal, said-line[data-undo], .sending [data-undo] button"

class UndoLast extends HTMLElement {
  #key = (event) => this.#keyed(event)

  connectedCallback() {
    document.addEventListener("keydown", this.#key)
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#key)
  }

  #keyed(event) {
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    if (event.defaultPrevented || event.repeat || event.target.closest?.(TYPING)) return
    if (document.querySelector(SHOWN)) return
    event.preventDefault()
    this.querySelector("form").requestSubmit()
  }
}

customElements.define("undo-last", UndoLast)
