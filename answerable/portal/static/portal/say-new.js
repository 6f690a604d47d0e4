// <say-new number="57" hidden>Ana has written.</say-new> says its words in the page's status when a
// later fetch of its part brings a higher number. The first one only remembers.

import { tell } from "../design/tell.js"

let seen

class SayNew extends HTMLElement {
  connectedCallback() {
    const number = Number(this.getAttribute("number"))
    if (seen !== undefined && number > seen) tell(this.textContent)
    seen = Math.max(seen ?? 0, number)
  }
}

customElements.define("say-new", SayNew)
