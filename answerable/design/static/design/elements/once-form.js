// <once-form><form>…</form></once-form> sends once: a second press is ignored while the first is on
// its way. The button is never disabled, so that it keeps the focus and can say that it is busy.

class OnceForm extends HTMLElement {
  #busy
  #again = () => this.#free()

  connectedCallback() {
    this.addEventListener("submit", (event) => this.#send(event), true)
    this.addEventListener("htmx:afterRequest", this.#again)
    addEventListener("pageshow", this.#again)
  }

  disconnectedCallback() {
    removeEventListener("pageshow", this.#again)
  }

  #send(event) {
    if (this.#busy) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return
    }
    this.#busy = event.submitter ?? event.target
    this.#busy.setAttribute("aria-busy", "true")
  }

  #free() {
    this.#busy?.removeAttribute("aria-busy")
    this.#busy = undefined
  }
}

customElements.define("once-form", OnceForm)
