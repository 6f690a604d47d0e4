// <more-menu><menu-button>…</menu-button></more-menu> is what else can be done with a ticket. Opened, its first
// line has the focus, and arrows, Home and End move in it. data-press="copy" presses what has that key.

const ITEMS = ".menu .menu-item"

class MoreMenu extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#clicked(event))
    this.addEventListener("keydown", (event) => this.#keyed(event))
  }

  get #items() {
    return [...this.querySelectorAll(ITEMS)]
  }

  get #isOpen() {
    return !this.querySelector(".menu").hidden
  }

  #clicked(event) {
    const button = event.target.closest("button[aria-expanded]")
    if (button && this.#isOpen) return this.#items[0].focus()
    const item = event.target.closest(ITEMS)
    if (!item) return
    if (item.dataset.press) this.querySelector("copy-text button").click()
    if (this.#isOpen) this.querySelector("button[aria-expanded]").click()
  }

  #keyed(event) {
    if (!this.#isOpen) return
    const items = this.#items
    const here = items.indexOf(document.activeElement)
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    items.at(to % items.length).focus()
  }
}

customElements.define("more-menu", MoreMenu)
