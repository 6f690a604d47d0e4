// <find-entry data-url="/desk/tickets/7/find/"> finds what was said in the whole conversation, of which the page has a
// part, and leads to a day. Escape closes it; what was found stays where it is.

import { whisper } from "../../design/tell.js"
import { Again, fetchPart } from "../fetching.js"

class FindEntry extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 200, gap: 300 })

  connectedCallback() {
    this.#words.addEventListener("input", this.#again.ask)
    this.addEventListener("click", (event) => this.#clicked(event))
    this.addEventListener("keydown", (event) => this.#keyed(event))
  }

  disconnectedCallback() {
    this.#again.stop()
  }

  get #button() {
    return this.firstElementChild
  }

  get #panel() {
    return this.lastElementChild
  }

  get #words() {
    return this.querySelector("input[type=search]")
  }

  async #fetch() {
    const { part } = await fetchPart(`${this.dataset.url}?${new URLSearchParams({ q: this.#words.value })}`)
    const place = this.querySelector(".find-found")
    place.replaceChildren(...part.children)
    const count = place.querySelector(".find-count").textContent.trim()
    if (count) whisper(count)
  }

  #clicked(event) {
    const place = event.target
    const found = place.closest("a[data-entry]")
    if (this.#button.contains(place)) this.#show(this.#panel.hidden)
    else if (place.closest("[data-close-find]")) this.#show(false)
    else if (place.closest("[data-go]")) this.#goTo({ day: this.querySelector("input[type=date]").value })
    else if (found) {
      event.preventDefault()
      this.#goTo({ hash: found.hash })
    }
  }

  #keyed(event) {
    if (event.key === "Escape" && !this.#panel.hidden) {
      event.preventDefault()
      this.#show(false)
    } else if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault()
      this.querySelector(event.target.type === "date" ? "[data-go]" : "a[data-entry]")?.click()
    }
  }

  #goTo(detail) {
    this.dispatchEvent(new CustomEvent("timeline:reveal", { bubbles: true, detail }))
  }

  #show(open) {
    this.#panel.hidden = !open
    this.#button.ariaExpanded = String(open)
    const next = open ? this.#words : this.#button
    next.focus()
    if (open) this.#words.select()
  }
}

customElements.define("find-entry", FindEntry)
