// <menu-button><button aria-expanded aria-controls>…</button><div class="menu" hidden>…</div></menu-button>
// shows and hides what its button controls. Escape and a press elsewhere close it. With `data-styled` the style sheet
// alone hides it, which in a wide window may show it always.

class MenuButton extends HTMLElement {
  #elsewhere = (event) => this.contains(event.target) || this.#set(false)

  connectedCallback() {
    this.#button.addEventListener("click", () => this.#set(!this.#isOpen))
    this.addEventListener("keydown", (event) => this.#escape(event))
    this.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) this.#set(false)
    })
    document.addEventListener("click", this.#elsewhere)
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.#elsewhere)
  }

  get #button() {
    return this.querySelector("button[aria-expanded]")
  }

  get #menu() {
    return document.getElementById(this.#button.getAttribute("aria-controls"))
  }

  get #isOpen() {
    return this.#button.getAttribute("aria-expanded") === "true"
  }

  #set(open) {
    if (!("styled" in this.dataset)) this.#menu.hidden = !open
    this.#button.setAttribute("aria-expanded", String(open))
  }

  #escape(event) {
    if (event.key !== "Escape" || !this.#isOpen) return
    event.stopPropagation()
    this.#set(false)
    this.#button.focus()
  }
}

customElements.define("menu-button", MenuButton)
