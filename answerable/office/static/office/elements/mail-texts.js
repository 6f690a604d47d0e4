// <mail-texts> around the form of the texts of mails: what is typed is shown in a mail beside it, a moment
// after the typing rests. The form's own button does the same without script.

const RESTS = 400

class MailTexts extends HTMLElement {
  #timer

  connectedCallback() {
    this.addEventListener("input", () => this.#soon())
    this.#show()
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  #soon() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#show(), RESTS)
  }

  #show() {
    this.querySelector("form").requestSubmit(this.querySelector("[data-preview]"))
  }
}

customElements.define("mail-texts", MailTexts)
