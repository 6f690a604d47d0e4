// <pane-button for="customer"><button aria-expanded="false">…</button></pane-button> shows and hides
// a pane that a narrow window has no room for. Escape inside the pane closes it again.

class PaneButton extends HTMLElement {
  #escape = (event) => event.key === "Escape" && this.#open && this.#set(false)

  connectedCallback() {
    this.addEventListener("click", (event) => event.target.closest("button") && this.#set(!this.#open))
    this.#pane?.addEventListener("keydown", this.#escape)
  }

  disconnectedCallback() {
    this.#pane?.removeEventListener("keydown", this.#escape)
  }

  get #pane() {
    return document.getElementById(this.getAttribute("for"))
  }

  get #open() {
    return this.#pane?.hasAttribute("data-open")
  }

  #set(open) {
    const button = this.querySelector("button")
    this.#pane.toggleAttribute("data-open", open)
    button.setAttribute("aria-expanded", String(open))
    const next = open ? this.#pane.querySelector("a, button, input, [tabindex]") : button
    next?.focus()
  }
}

customElements.define("pane-button", PaneButton)
