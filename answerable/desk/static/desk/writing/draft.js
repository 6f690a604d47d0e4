// A draft on the server, and what another window made of it: the newer one is never overwritten unasked.

import { Refused, secret } from "../fetching.js"
import { say } from "../words.js"
import { Left } from "./left.js"

export class Draft {
  #address
  #version
  #data
  #place
  #put
  #lost
  #left

  // `data` returns what is chosen beside the text, `put` puts a text into the box; `place` is where it is
  // said that another window has newer words, `lost` is told where to sign in again, or nothing once that is done.
  constructor({ address, version, data, place, put, lost }) {
    this.#address = address
    this.#version = version
    this.#data = data
    this.#place = place
    this.#put = put
    this.#lost = lost
    this.#left = new Left(address)
  }

  // What the page before this one had, if the server has not heard all of it.
  get left() {
    return this.#left.since(this.#version)
  }

  note(text, beside) {
    this.#left.note(text, beside, this.#version)
  }

  async save(text, keepalive) {
    const name = this.#left.next()
    const body = JSON.stringify({ text, base: this.#version, version: name, data: this.#data() })
    const headers = { "Content-Type": "application/json", "X-CSRFToken": secret(), "HX-Request": "true" }
    const answer = await fetch(this.#address, { method: "POST", body, headers, keepalive })
    if (answer.status === 401) this.#lost(location.href)
    const said = answer.ok || [409, 413].includes(answer.status) ? await answer.json() : {}
    if (answer.status === 409) return this.#ask(text, said)
    if (answer.status === 413) return said.saved
    if (!answer.ok) throw new Refused(answer.status)
    this.#lost()
    this.#version = said.version
    this.#place.hidden = true
    this.#left.heard(name)
    return said.saved
  }

  // It is being sent: a page that comes after this one must not send it once more.
  goes() {
    this.#left.forget()
  }

  // What was sent is no draft any more: the next one begins anew.
  sent() {
    this.#version = ""
  }

  #ask(text, { newer, version }) {
    const line = document.createElement("p")
    line.textContent = say.draft_newer
    this.#place.replaceChildren(
      line,
      this.#button(say.use_that, version, () => newer),
      this.#button(say.keep_both, version, (now) => `${newer}\n\n${now}`),
    )
    this.#place.hidden = false
    return ""
  }

  #button(words, version, merged) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "button button--small"
    button.textContent = words
    button.addEventListener("click", () => {
      this.#version = version
      this.#place.hidden = true
      this.#put(merged)
    })
    return button
  }
}
