// <status-menu data-print="…"> has the reader's status in the foot, and the menu in which they choose it.
// Opened, it has the focus, and arrows move in it; chosen or left, the focus goes back where it was. A part
// that the server says anew waits until the menu is closed.

const ITEMS = ".menu button"

let before
let waiting

class StatusMenu extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#clicked(event))
    this.addEventListener("keydown", (event) => this.#keyed(event))
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || queueMicrotask(showWaiting))
    if (!before) return
    const back = before.isConnected && before !== document.body ? before : this.button
    before = undefined
    queueMicrotask(() => back.focus({ preventScroll: true }))
  }

  get button() {
    return this.querySelector("button[aria-expanded]")
  }

  get isOpen() {
    return this.button.getAttribute("aria-expanded") === "true"
  }

  #clicked(event) {
    if (!event.target.closest("button[aria-expanded]") || !this.isOpen) return
    before = document.activeElement
    const chosen = this.querySelector(`${ITEMS}[aria-current]`) ?? this.querySelector(ITEMS)
    chosen.focus()
  }

  #keyed(event) {
    if (event.key === "Escape") return this.#left(event)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step || !this.isOpen) return
    event.preventDefault()
    const items = [...this.querySelectorAll(ITEMS)]
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus()
  }

  // The menu has closed itself by then, and gave the focus to its button.
  #left() {
    const back = before
    before = undefined
    if (back?.isConnected && back !== document.body && !this.contains(back)) back.focus({ preventScroll: true })
  }
}

// Shows how the reader stands, as a part of the server says it.
export function showStanding(part) {
  waiting = part.querySelector("status-menu") ?? waiting
  showWaiting()
}

function showWaiting() {
  const here = document.querySelector("status-menu")
  if (!waiting || !here || here.isOpen || here.contains(document.activeElement)) return
  const fresh = waiting
  waiting = undefined
  if (fresh.dataset.print === here.dataset.print) return
  here.replaceWith(fresh)
  window.htmx?.process(fresh)
}

customElements.define("status-menu", StatusMenu)
