// <copy-text for="id"><button hidden>Copy</button><span class="unseen" data-done>Copied</span></copy-text>
// copies the text of another element. Without script there is no button, and the text can be selected.

class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button")
    if (!navigator.clipboard) return
    button.hidden = false
    button.addEventListener("click", () => this.#copy(button))
  }

  async #copy(button) {
    const source = document.getElementById(this.getAttribute("for"))
    await navigator.clipboard.writeText(source.textContent)
    const status = document.getElementById("status")
    if (status) status.textContent = this.querySelector("[data-done]").textContent
    button.focus()
  }
}

customElements.define("copy-text", CopyText)
