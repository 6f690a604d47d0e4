// <chat-box data-draft="…"> is the box of a chat. Enter sends, Shift+Enter begins a line, and
// neither while an input method is composing. What is typed is kept on the server within a second; a slash at
// the start of a word finds a macro (macro-list). Escape leaves the box, and its text stays.

import { secret } from "../fetching.js"
import { gaps } from "../helpers/macros.js"
import { fill } from "../../design/helpers/text.js"
import { tell } from "../../design/tell.js"
import { Saver } from "../saver.js"
import { say } from "../words.js"

class ChatBox extends HTMLElement {
  #saver
  #asked = ""
  #hide = () => this.#saver.flush()

  connectedCallback() {
    this.#saver = new Saver((text, keep) => this.#save(text, keep), (words) => (this.querySelector(".composer-saved").textContent = words))
    this.#text.addEventListener("input", () => this.#typed())
    this.#text.addEventListener("keydown", (event) => this.#keyed(event))
    this.#form.addEventListener("submit", (event) => this.#submit(event))
    this.querySelector(".chat-suggest button").addEventListener("click", ({ target }) => this.putBack(target.textContent))
    this.addEventListener("click", ({ target }) => target.closest("[data-macros]") && this.querySelector("macro-list").begin())
    addEventListener("pagehide", this.#hide)
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.#hide)
    this.#saver.flush()
  }

  get #text() {
    return this.querySelector("textarea")
  }

  get #form() {
    return this.querySelector("form")
  }

  get #chat() {
    return this.closest("desk-chat")
  }

  #typed() {
    this.#saver.later(this.#text.value)
    this.#problem("")
    if (this.#text.value.trim()) this.#chat.typing()
  }

  // An input method uses Enter for itself; 229 is what browsers say that tell of its end too early.
  #keyed(event) {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault()
      this.#form.requestSubmit()
    } else if (event.key === "Escape" && !document.querySelector("dialog:modal")) {
      event.preventDefault()
      document.getElementById("log").focus({ preventScroll: true })
    } else if (event.key === "ArrowUp" && !this.#text.value) {
      event.preventDefault()
      this.#chat.editLast()
    }
  }

  #submit(event) {
    event.preventDefault()
    const body = this.#text.value.trim()
    const files = [...this.#form.querySelectorAll("input[name=files]")].map((input) => input.value)
    if (!body && !files.length) return this.#problem(say.enter_message)
    const open = gaps(body)
    if (open.length && this.#asked !== body) {
      this.#asked = body
      return this.#problem(fill(say.fill_in, { names: open.map((name) => `{${name}}`).join(", ") }))
    }
    this.#chat.send({ body, files, ...this.querySelector("staged-acts").data })
    this.querySelector("staged-acts").clear()
    this.#empty()
  }

  // As if htmx had sent the form: what was attached and kept for it has gone with the line.
  #empty() {
    this.#text.value = ""
    this.#text.dispatchEvent(new Event("input", { bubbles: true }))
    const detail = { elt: this.#form, requestConfig: { verb: "post" }, xhr: { status: 200 } }
    this.#form.dispatchEvent(new CustomEvent("htmx:afterRequest", { detail }))
    this.#saver.settle().then(() => this.#saver.now(this.#text.value))
    this.#text.focus()
  }

  // A line to ask with, which stands in the box once it is pressed, and is sent like any other.
  suggest(wanted) {
    this.querySelector(".chat-suggest").hidden = !wanted || Boolean(this.#text.value)
  }

  putBack(text) {
    const typed = this.#text.value.trim()
    this.#text.value = typed ? `${text}\n\n${typed}` : text
    this.#text.dispatchEvent(new Event("input", { bubbles: true }))
    this.#text.focus()
  }

  // Saves at once what was typed, and ends when it is saved.
  keep() {
    return this.#saver.flush()
  }

  #problem(words) {
    const place = this.querySelector("#chat-problem")
    if (!words && !place.childNodes.length) return
    const line = document.createElement("p")
    line.className = "field-error"
    line.textContent = words
    place.replaceChildren(...(words ? [line] : []))
    this.#text.ariaInvalid = words ? "true" : null
    if (words) tell(words)
  }

  async #save(text, keepalive) {
    const headers = { "X-CSRFToken": secret(), "HX-Request": "true" }
    const answer = await fetch(this.dataset.draft, { method: "POST", body: new URLSearchParams({ text }), headers, keepalive })
    if (!answer.ok) throw new Error(String(answer.status))
    this.dispatchEvent(new CustomEvent("chat:kept", { bubbles: true }))
    return (await answer.json()).saved
  }
}

customElements.define("chat-box", ChatBox)
