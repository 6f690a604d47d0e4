// <mail-recipients data-url="…" data-owner="dana@…"> edits to whom a reply goes. Each change asks the server,
// which says who is outside and what the button says; the draft remembers it.

import { fetchPart, secret } from "../fetching.js"
import { tell } from "../../design/tell.js"
import { say } from "../words.js"

class MailRecipients extends HTMLElement {
  #busy = false

  connectedCallback() {
    this.addEventListener("keydown", (event) => this.#keyed(event))
    this.addEventListener("change", (event) => event.target.matches(".recipients-add") && this.change())
    this.closest("form").addEventListener("click", (event) => this.#clicked(event))
    this.#label()
  }

  get data() {
    const values = (name) => [...this.querySelectorAll(`input[name=${name}]`)].map(({ value }) => value)
    return { to: values("to"), cc: values("cc") }
  }

  // To whom the page before this one was about to write.
  putBack(then) {
    const now = this.data
    const drop = [...now.to, ...now.cc].filter((address) => ![...then.to, ...then.cc].includes(address))
    const [to, cc] = ["to", "cc"].map((name) => then[name].filter((address) => !now[name].includes(address)))
    if (drop.length + to.length + cc.length) this.change({ drop, to, cc })
  }

  #keyed(event) {
    if (!event.target.matches(".recipients-add") || event.isComposing) return
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      this.change({ focus: event.target.name })
    }
  }

  #clicked({ target }) {
    const button = target.closest("[data-drop], [data-keep]")
    if (!button || target.closest("form") !== this.closest("form")) return
    const { drop, keep } = button.dataset
    const asked = button.closest(".composer-ask")
    this.change(drop ? { drop: [drop] } : { keep: [keep] })
    asked?.remove()
  }

  // Nobody but whoever asks.
  onlyOwner() {
    const others = [...this.data.to, ...this.data.cc].filter((address) => address !== this.dataset.owner)
    return this.change({ drop: others, to: this.data.to.includes(this.dataset.owner) ? [] : [this.dataset.owner] })
  }

  // An input that goes while it is edited says once more that it changed.
  async change({ drop = [], keep = [], to = [], cc = [], focus = "" } = {}) {
    if (this.#busy) return
    this.#busy = true
    const body = new URLSearchParams()
    for (const { name, value } of this.querySelectorAll("input")) body.append(name, value)
    for (const [name, values] of Object.entries({ drop, kept: keep, to, cc })) values.forEach((one) => body.append(name, one))
    try {
      const options = { method: "POST", body, headers: { "X-CSRFToken": secret() } }
      const { part } = await fetchPart(this.dataset.url, options)
      const open = this.querySelector(".recipients-edit")?.open
      this.replaceChildren(...part.childNodes)
      if (open) this.querySelector(".recipients-edit").open = true
      this.#label()
      if (focus) this.querySelector(`[name=${focus}]`)?.focus()
      this.dispatchEvent(new CustomEvent("recipients:changed", { bubbles: true }))
    } catch {
      tell(say.not_received)
    } finally {
      this.#busy = false
    }
  }

  #label() {
    const words = this.querySelector(".recipients")?.dataset.button
    const place = this.closest("form").querySelector(".send-words")
    if (words && place) place.textContent = words
  }
}

customElements.define("mail-recipients", MailRecipients)
