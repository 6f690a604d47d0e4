// <staged-acts for="reply-text"> has a chip for each thing that is done once the reply is sent, with a button
// that leaves it out. Its hidden fields go with the form, and with the draft.

import { fill } from "../../design/helpers/text.js"
import { say } from "../words.js"

class StagedActs extends HTMLElement {
  connectedCallback() {
    this.#text.addEventListener("macro:taken", (event) => this.#add(event.detail))
    this.addEventListener("click", (event) => this.#clicked(event))
  }

  get #text() {
    return document.getElementById(this.getAttribute("for"))
  }

  get data() {
    const values = (name) => [...this.querySelectorAll(`input[name=${name}]`)].map(({ value }) => value)
    return { acts: values("act").map((text) => JSON.parse(text)), macros: values("macro").map(Number) }
  }

  // All there is to see, for a page that comes after this one.
  get shown() {
    const acts = [...this.querySelectorAll("input[name=act]")]
    const withWords = acts.map((act) => ({ ...JSON.parse(act.value), words: act.nextSibling.textContent }))
    return { acts: withWords, macros: this.data.macros }
  }

  putBack({ acts, macros }) {
    this.replaceChildren(...macros.map((number) => field("macro", number)), ...acts.map(chip))
  }

  // Fields of the same kind as the server writes, so that a draft and a form say the same.
  #add({ id, acts }) {
    const known = new Set([...this.querySelectorAll("input[name=act]")].map(({ value }) => same(JSON.parse(value))))
    this.append(field("macro", id), ...acts.filter((act) => !known.has(same(act))).map(chip))
    this.#told()
  }

  #clicked(event) {
    const button = event.target.closest(".act-drop")
    if (!button) return
    button.closest(".act-chip").remove()
    this.#text.focus()
    this.#told()
  }

  clear() {
    this.replaceChildren()
  }

  #told() {
    this.#text.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

const same = ({ kind, value }) => `${kind} ${value}`

function chip({ kind, value, words }) {
  const made = document.createElement("span")
  made.className = "act-chip"
  const drop = document.createElement("button")
  drop.type = "button"
  drop.className = "act-drop"
  drop.ariaLabel = fill(say.leave_out, { words })
  drop.textContent = "×"
  made.append(field("act", JSON.stringify({ kind, value })), words, drop)
  return made
}

function field(name, value) {
  const made = document.createElement("input")
  Object.assign(made, { type: "hidden", name, value })
  return made
}

customElements.define("staged-acts", StagedActs)
