// <critical-box data-says="id"> says at once what ticking “business-critical” promises. Showing and
// hiding is done by the style sheet, so that the form is whole without script.

import { whisper } from "../design/tell.js"

class CriticalBox extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => event.target.type === "checkbox" && this.#say(event.target))
  }

  #say(box) {
    const line = document.querySelector(box.checked ? `#${this.dataset.says} p` : "#offer p")
    if (line) whisper(line.textContent.trim().replace(/\s+/g, " "))
  }
}

customElements.define("critical-box", CriticalBox)
