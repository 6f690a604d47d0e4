// <auto-grow> lets the text box inside grow with its text, where the style sheet alone cannot.

class AutoGrow extends HTMLElement {
  connectedCallback() {
    if (CSS.supports("field-sizing", "content")) return
    this.addEventListener("input", () => this.#fit())
    requestAnimationFrame(() => this.#fit())
  }

  #fit() {
    const box = this.querySelector("textarea")
    if (!box) return
    box.style.height = "auto"
    box.style.height = `${box.scrollHeight + 2}px`
  }
}

customElements.define("auto-grow", AutoGrow)
