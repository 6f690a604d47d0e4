// <print-page hidden><button>Print</button></print-page> prints the page; without script it stays hidden.

class PrintPage extends HTMLElement {
  connectedCallback() {
    this.hidden = false
    this.addEventListener("click", () => window.print())
  }
}

customElements.define("print-page", PrintPage)
