// <find-article data-url="…/articles/"> finds articles that this customer may read, and puts a link or the
// text of one in at the caret.

import { fetchPart } from "../fetching.js"
import { replaceIn } from "../writing/choices.js"

const WAIT = 250

class FindArticle extends HTMLElement {
  #timer
  #asked

  connectedCallback() {
    this.#input.addEventListener("input", () => this.#later())
    this.#input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault())
    this.addEventListener("click", ({ target }) => this.#insert(target.closest("[data-insert]")))
  }

  get #input() {
    return this.querySelector("input")
  }

  #later() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#find(), WAIT)
  }

  async #find() {
    this.#asked?.abort()
    this.#asked = new AbortController()
    try {
      const address = new URL(this.dataset.url, location.href)
      address.searchParams.set("q", this.#input.value)
      const { part } = await fetchPart(address, { signal: this.#asked.signal })
      this.querySelector(".tool-found").replaceChildren(part)
    } catch {
      // What was found before stays; the next letter asks again.
    }
  }

  #insert(button) {
    if (!button) return
    const text = this.closest("form").querySelector("textarea")
    replaceIn(text, text.selectionStart, text.selectionEnd, button.dataset.insert)
    this.querySelector("details").open = false
  }
}

customElements.define("find-article", FindArticle)
