// <dialog-link><a href="/desk/tickets/7/why/">…</a></dialog-link> shows that page in the desk's dialog.
// A form in it is sent as ever; once the desk has changed, the dialog has done its work.

import { tell } from "../../design/tell.js"
import { fetchPart } from "../fetching.js"

class DialogLink extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#clicked(event))
  }

  #clicked(event) {
    const link = event.target.closest("a")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
    event.preventDefault()
    this.#open(link)
  }

  async #open(link) {
    try {
      const { part } = await fetchPart(link.href)
      const body = document.getElementById("dialog-body")
      body.replaceChildren(part)
      window.htmx?.process(body)
      dialog().showModal()
      firstIn(body)?.focus()
    } catch (error) {
      if (error.status === 503) tell(error.message)
      else location.assign(link.href)
    }
  }
}

// Of radio buttons it is the chosen one, as it is for Tab.
function firstIn(body) {
  const first = body.querySelector("[autofocus], input:not([type=hidden]), textarea:not([hidden]), button")
  return (first?.type === "radio" && body.querySelector(`input[name="${first.name}"]:checked`)) || first
}

const dialog = () => document.getElementById("dialog")

document.body.addEventListener("desk:changed", () => dialog()?.open && dialog().close())

// “Write a reply” in the question about resolving leads to the box that is there already.
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-write]") || !document.querySelector("composer-box")) return
  event.preventDefault()
  dialog().close()
  document.querySelector("composer-box[data-mode=reply]").open()
})

customElements.define("dialog-link", DialogLink)
