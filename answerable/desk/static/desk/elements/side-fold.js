// <side-fold><button>…</button></side-fold> shows and hides the customer pane where there is room for it beside the
// conversation; how it was left is kept.

import { fold, isFolded } from "../layout.js"

class SideFold extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", ({ target }) => target.closest("button") && this.#turn())
    this.#say()
  }

  #turn() {
    const isShut = !isFolded("side")
    fold("side", isShut)
    document.querySelector(".desk").classList.toggle("desk--side-folded", isShut)
    this.#say()
  }

  #say() {
    this.querySelector("button").setAttribute("aria-expanded", String(!isFolded("side")))
  }
}

customElements.define("side-fold", SideFold)
