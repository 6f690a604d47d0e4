// <account-beside data-url="/desk/tickets/7/account/" data-topic="account-3"> is what loads beside a ticket:
// the parts of its account that the reader has open. It fetches them again when the account changes.
// What is folded stays so on every ticket: the server keeps it for the reader.

import { Again, fetchPart, secret } from "../fetching.js"
import { replaceIn } from "../writing/choices.js"

class AccountBeside extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 40, gap: 800 })
  #address
  #heard = () => {
    this.#again.ask()
    document.body.dispatchEvent(new CustomEvent(`live:${this.dataset.ticket}`))
  }

  connectedCallback() {
    this.#address = this.dataset.url
    document.body.addEventListener(`live:${this.dataset.topic}`, this.#heard)
    document.body.addEventListener("desk:changed", this.#again.ask)
    this.addEventListener("click", (event) => this.#clicked(event))
    this.addEventListener("htmx:sendError", (event) => this.#unasked(event.target))
    this.addEventListener("htmx:responseError", (event) => this.#unasked(event.target))
    this.#again.now()
  }

  disconnectedCallback() {
    document.body.removeEventListener(`live:${this.dataset.topic}`, this.#heard)
    document.body.removeEventListener("desk:changed", this.#again.ask)
    this.#again.stop()
  }

  // A fold is filled once the server knows that it is open.
  fill() {
    this.#again.now()
  }

  async #fetch() {
    try {
      const { part } = await fetchPart(this.#address)
      if (this.isConnected) this.#show(part.querySelector("#beside"))
    } catch (error) {
      if (error.status !== 401) this.#failed()
      else throw error
    }
  }

  #show(fresh) {
    const here = this.querySelector("#beside")
    if (here && here.dataset.print === fresh.dataset.print) return
    const fold = this.contains(document.activeElement) && document.activeElement.closest("[data-fold]")?.dataset.fold
    if (here) here.replaceWith(fresh)
    else this.querySelector("[data-waits]").replaceWith(fresh)
    this.querySelector("[data-trouble]")?.remove()
    window.htmx?.process(fresh)
    if (fold) fresh.querySelector(`[data-fold="${fold}"] > summary`)?.focus({ preventScroll: true })
    for (const form of fresh.querySelectorAll("form[data-asked]")) form.requestSubmit()
  }

  #failed() {
    if (this.querySelector("[data-trouble]")) return
    const trouble = this.querySelector("template[data-failed]").content.cloneNode(true)
    trouble.firstElementChild.dataset.trouble = ""
    this.prepend(trouble)
  }

  // A source could not even be asked: what it said before stays, and one press asks again.
  #unasked(form) {
    const button = form.matches?.("form[data-fetch]") && form.querySelector("button")
    if (!button) return
    button.hidden = false
    form.parentElement.querySelector("[data-waits]")?.remove()
  }

  #clicked(event) {
    const page = event.target.closest("a[data-page]")
    if (page && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault()
      this.#address = page.href
      this.#again.now()
    } else if (event.target.closest("[data-again]")) this.#again.now()
  }
}

function mentionIn(handle) {
  const box = document.querySelector("composer-box[data-mode=note]")
  if (!box) return
  box.open()
  const text = box.querySelector("textarea")
  const gap = text.value && !/\s$/.test(text.value) ? " " : ""
  replaceIn(text, text.value.length, text.value.length, `${gap}@${handle} `)
}

// Also in the panel of a claim: who is to help stands in a note, which its writer goes on with.
document.addEventListener("click", (event) => {
  const mention = event.target.closest?.("[data-mention]")
  if (mention) mentionIn(mention.dataset.mention)
})

// A press on the head of a fold says how it will stand.
document.addEventListener("click", (event) => {
  const details = event.target.closest?.("summary")?.parentElement
  if (!details?.dataset.fold) return
  const body = new URLSearchParams({ part: details.dataset.fold, open: details.open ? "0" : "1" })
  const beside = document.querySelector("account-beside")
  const headers = { "X-CSRFToken": secret(), "HX-Request": "true" }
  fetch(beside.dataset.foldUrl, { method: "POST", body, headers, keepalive: true }).then(
    (answer) => answer.ok && body.get("open") === "1" && beside.contains(details) && beside.fill(),
    () => {},
  )
})

customElements.define("account-beside", AccountBeside)
