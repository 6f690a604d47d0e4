// <dialog-button for="skip"><button>…</button></dialog-button> opens the dialog with that id.
// Inside it, a [data-close] button closes; the browser returns the focus to the opener.

class DialogButton extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      if (!event.target.closest("button, a")) return
      event.preventDefault()
      this.#dialog()?.showModal()
    })
  }

  #dialog() {
    return document.getElementById(this.getAttribute("for"))
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-close]")
  button?.closest("dialog")?.close()
})

customElements.define("dialog-button", DialogButton)
