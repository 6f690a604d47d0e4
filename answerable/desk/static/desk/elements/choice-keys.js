// <choice-keys> may have the focus before anything is chosen: the arrows then choose its first or last
// option, as they would from one to the next.

const FROM = { ArrowDown: 0, ArrowUp: -1 }

class ChoiceKeys extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.#keyed(event))
  }

  #keyed(event) {
    if (event.target !== this || !(event.key in FROM)) return
    const option = [...this.querySelectorAll("input[type=radio]")].at(FROM[event.key])
    event.preventDefault()
    option?.focus()
    option?.click()
  }
}

customElements.define("choice-keys", ChoiceKeys)
