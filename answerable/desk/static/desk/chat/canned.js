// The list of canned answers under the caret's word: the text box keeps the focus, the list says what is chosen.

import { inserted, matching, slashAt } from "../helpers/canned.js"
import { fill, plural } from "../../design/helpers/text.js"
import { whisper } from "../../design/tell.js"
import { say } from "../words.js"

export class Canned {
  #address
  #text
  #list
  #answers
  #shown = []
  #chosen = 0
  #left

  constructor(address, text, list) {
    this.#address = address
    this.#text = text
    this.#list = list
    text.addEventListener("blur", () => this.#hide())
    list.addEventListener("pointerdown", (event) => this.#clicked(event))
  }

  async look() {
    const slash = slashAt(this.#text.value, this.#text.selectionStart)
    if (!slash) this.#left = undefined
    if (!slash || this.#left === slash.from) return this.#hide()
    this.#answers ??= this.#fetch()
    const answers = await this.#answers
    const now = slashAt(this.#text.value, this.#text.selectionStart)
    this.#show(now && this.#left !== now.from ? matching(answers, now.query) : [])
  }

  // Says whether the key was for the list.
  keyed(event) {
    if (this.#list.hidden) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) this.#choose((this.#chosen + step + this.#shown.length) % this.#shown.length)
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") this.#insert(this.#shown[this.#chosen])
    else if (event.key === "Escape") this.#leave()
    else return false
    event.preventDefault()
    return true
  }

  async #fetch() {
    try {
      const answer = await fetch(this.#address, { headers: { "HX-Request": "true" } })
      if (answer.ok) return (await answer.json()).answers
    } catch {
      // Without answers, a slash is a slash.
    }
    this.#answers = undefined
    return []
  }

  #show(answers) {
    const count = answers.length
    if (count && count !== this.#shown.length) whisper(fill(plural(say.answers_found, count, say.language), { count }))
    this.#shown = answers
    if (!count) return this.#hide()
    this.#list.replaceChildren(...answers.map(option))
    this.#list.hidden = false
    this.#text.setAttribute("aria-controls", this.#list.id)
    this.#choose(0)
  }

  #choose(index) {
    this.#chosen = index
    ;[...this.#list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)))
    const chosen = this.#list.children[index]
    this.#text.setAttribute("aria-activedescendant", chosen.id)
    chosen.scrollIntoView({ block: "nearest" })
  }

  #insert(answer) {
    const slash = slashAt(this.#text.value, this.#text.selectionStart)
    this.#hide()
    if (!slash) return
    const { text, caret } = inserted(this.#text.value, this.#text.selectionStart, slash.from, answer.body)
    this.#text.value = text
    this.#text.setSelectionRange(caret, caret)
    this.#text.dispatchEvent(new Event("input", { bubbles: true }))
  }

  #clicked(event) {
    const item = event.target.closest("[role=option]")
    if (!item) return
    event.preventDefault()
    this.#insert(this.#shown[[...this.#list.children].indexOf(item)])
  }

  // After Escape the slash is a slash.
  #leave() {
    this.#left = slashAt(this.#text.value, this.#text.selectionStart)?.from
    this.#hide()
  }

  #hide() {
    this.#list.hidden = true
    this.#shown = []
    for (const name of ["aria-activedescendant", "aria-controls"]) this.#text.removeAttribute(name)
  }
}

function option({ name, body }, index) {
  const item = document.createElement("li")
  item.id = `canned-${index}`
  item.role = "option"
  const title = document.createElement("strong")
  title.textContent = name
  const text = document.createElement("span")
  text.textContent = body
  item.append(title, text)
  return item
}
