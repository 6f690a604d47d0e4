// <field-edit><a href="/desk/tickets/7/fields/3/">…</a></field-edit> lets a field be changed where it stands.
// Escape, or “Cancel”, brings back what was there; what the server answers takes the place of the form.

import { tell } from "../../design/tell.js"
import { fetchPart } from "../fetching.js"

class FieldEdit extends HTMLElement {
  #before

  connectedCallback() {
    this.addEventListener("click", (event) => this.#clicked(event))
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#leave(event))
  }

  #clicked(event) {
    const link = event.target.closest("a")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
    if (link.matches("[data-close-field]")) this.#leave(event)
    else if (!this.#before) {
      event.preventDefault()
      this.#open(link)
    }
  }

  async #open(link) {
    try {
      const { part } = await fetchPart(link.href)
      part.querySelector(".dialog-head").remove()
      this.#before = [...this.childNodes]
      this.dataset.editing = ""
      this.replaceChildren(part)
      window.htmx?.process(this)
      this.querySelector("input:not([type=hidden]), textarea, select")?.focus()
    } catch (error) {
      if (error.status === 503) tell(error.message)
      else location.assign(link.href)
    }
  }

  #leave(event) {
    if (!this.#before) return
    event.preventDefault()
    event.stopPropagation()
    this.replaceChildren(...this.#before)
    this.#before = undefined
    delete this.dataset.editing
    this.querySelector("a").focus()
  }
}

customElements.define("field-edit", FieldEdit)
