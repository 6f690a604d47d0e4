// <new-people> goes through the people that were found by arrows. Enter in the box goes on with the first of
// those that belong to what is typed; until they are there, the form itself finds them on a page of its own.

class NewPeople extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.#keyed(event))
    this.addEventListener("input", () => (this.#stale = true))
    this.addEventListener("htmx:afterSettle", () => (this.#stale = false))
  }

  #stale = false

  get #stops() {
    return [this.querySelector("input[type=search]"), ...this.querySelectorAll("[data-choice]")]
  }

  #keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const stops = this.#stops
    const here = stops.indexOf(event.target)
    if (here < 0) return
    if (event.key === "Enter" && here === 0) return this.#entered(event, stops[1])
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    stops[Math.min(Math.max(here + step, 0), stops.length - 1)].focus()
  }

  #entered(event, first) {
    if (this.#stale || !first) return
    event.preventDefault()
    first.click()
  }
}

customElements.define("new-people", NewPeople)
