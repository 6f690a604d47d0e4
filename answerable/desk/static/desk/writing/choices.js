// A list under the caret's word: the text box keeps the focus, the list says what is chosen.
// `find` returns the word at the caret, `load` what there is, `match` what fits, `take` puts one in.

import { fill, plural } from "../../design/helpers/text.js"
import { whisper } from "../../design/tell.js"
import { say } from "../words.js"

export class Choices {
  #text
  #list
  #does
  #shown = []
  #chosen = 0
  #left

  constructor(text, list, does) {
    this.#text = text
    this.#list = list
    this.#does = does
    text.addEventListener("input", () => this.look())
    text.addEventListener("keydown", (event) => this.#keyed(event), { capture: true })
    text.addEventListener("blur", () => this.#hide())
    list.addEventListener("pointerdown", (event) => this.#clicked(event))
  }

  get #word() {
    return this.#does.find(this.#text.value, this.#text.selectionStart)
  }

  async look() {
    const word = this.#word
    if (!word) this.#left = undefined
    if (!word || this.#left === word.from) return this.#hide()
    const all = await this.#does.load()
    const now = this.#word
    this.#show(now && this.#left !== now.from ? this.#does.match(all, now.query) : [])
  }

  #keyed(event) {
    if (this.#list.hidden || event.isComposing || event.keyCode === 229) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const enters = event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey
    if (step) this.#choose((this.#chosen + step + this.#shown.length) % this.#shown.length)
    else if (enters || event.key === "Tab") this.#take(this.#shown[this.#chosen])
    else if (event.key === "Escape") this.#leave()
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  #show(found) {
    const count = found.length
    if (count && count !== this.#shown.length) whisper(fill(plural(say.answers_found, count, say.language), { count }))
    this.#shown = found
    if (!count) return this.#hide()
    this.#list.replaceChildren(...found.map((one, index) => this.#option(one, index)))
    this.#list.hidden = false
    this.#text.setAttribute("aria-controls", this.#list.id)
    this.#choose(0)
  }

  #option(one, index) {
    const item = document.createElement("li")
    item.id = `${this.#list.id}-${index}`
    item.role = "option"
    item.append(...this.#does.draw(one))
    return item
  }

  #choose(index) {
    this.#chosen = index
    ;[...this.#list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)))
    const chosen = this.#list.children[index]
    this.#text.setAttribute("aria-activedescendant", chosen.id)
    chosen.scrollIntoView({ block: "nearest" })
  }

  #take(one) {
    const word = this.#word
    this.#hide()
    if (word) this.#does.take(one, word)
  }

  #clicked(event) {
    const item = event.target.closest("[role=option]")
    if (!item) return
    event.preventDefault()
    this.#take(this.#shown[[...this.#list.children].indexOf(item)])
  }

  // After Escape the sign is a sign.
  #leave() {
    this.#left = this.#word?.from
    this.#hide()
  }

  #hide() {
    this.#list.hidden = true
    this.#shown = []
    for (const name of ["aria-activedescendant", "aria-controls"]) this.#text.removeAttribute(name)
  }
}

export function element(name, text, className = "") {
  const made = document.createElement(name)
  made.textContent = text
  made.className = className
  return made
}

// Text in place of a stretch of a box, as if it were typed: undo in the box takes it back.
export function replaceIn(box, from, to, text) {
  box.focus()
  box.setSelectionRange(from, to)
  if (!document.execCommand("insertText", false, text)) {
    box.setRangeText(text, from, to, "end")
    box.dispatchEvent(new Event("input", { bubbles: true }))
  }
}
