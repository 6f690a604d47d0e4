// <severity-choice> says at once what the severity that was chosen promises. Showing and hiding what
// it asks for is done by the style sheet, so that the form is whole without script.

import { whisper } from "../design/tell.js"

class SeverityChoice extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => event.target.type === "radio" && this.#say(event.target))
  }

  #say(radio) {
    const line = radio.closest(".severity")?.querySelector(".severity-line")
    const words = line?.textContent.trim().replace(/\s+/g, " ")
    if (words) whisper(words)
  }
}

customElements.define("severity-choice", SeverityChoice)
