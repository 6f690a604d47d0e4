// What follows from writing for a while: a ticket that is nobody's is whoever's who answers it for five
// seconds, and links are looked at once their writer pauses.

import { secret } from "../fetching.js"

const FIVE_SECONDS = 5000
const PAUSE = 1500
const LINK = /https?:\/\/|\]\(/u

export class Typing {
  #box
  #since = 0
  #last = 0
  #timer
  #looked = ""

  constructor(box) {
    this.#box = box
  }

  typed(text, now) {
    if (now - this.#last > FIVE_SECONDS) this.#since = now
    this.#last = now
    if (now - this.#since >= FIVE_SECONDS) this.#take()
    clearTimeout(this.#timer)
    if (this.#box.dataset.links && LINK.test(text)) this.#timer = setTimeout(() => this.#look(text), PAUSE)
  }

  #take() {
    if (!this.#box.hasAttribute("data-nobodys")) return
    this.#box.removeAttribute("data-nobodys")
    window.htmx?.ajax("POST", this.#box.dataset.typing, { swap: "none" })
  }

  async #look(text) {
    const links = (text.match(/\S*(?:https?:\/\/|\]\()\S*/gu) ?? []).join("\n")
    if (links === this.#looked) return
    this.#looked = links
    const headers = { "X-CSRFToken": secret(), "HX-Request": "true" }
    const answer = await fetch(this.#box.dataset.links, { method: "POST", body: new URLSearchParams({ text: links }), headers }).catch(() => undefined)
    if (answer?.ok) this.#box.querySelector(".composer-links").innerHTML = await answer.text()
  }
}
