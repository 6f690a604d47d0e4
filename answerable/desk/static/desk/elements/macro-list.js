// <macro-list for="reply-text" data-url="/desk/tickets/7/macros/"><ul role="listbox"></ul></macro-list> offers
// macros after a slash at the start of a word. Enter puts the text in at the caret; what the macro does once
// it is sent goes to <staged-acts>, as chips that can be left out. Nothing happens to the ticket before.

import { gaps, inserted, matching, slashAt } from "../helpers/macros.js"
import { say } from "../words.js"
import { Choices, element, replaceIn } from "../writing/choices.js"

class MacroList extends HTMLElement {
  #macros

  connectedCallback() {
    new Choices(this.#text, this.querySelector("ul"), {
      find: slashAt,
      load: () => (this.#macros ??= this.#fetch()),
      match: matching,
      draw,
      take: (macro, word) => this.#take(macro, word),
    })
  }

  get #text() {
    return document.getElementById(this.getAttribute("for"))
  }

  async #fetch() {
    try {
      const answer = await fetch(this.dataset.url, { headers: { "HX-Request": "true" } })
      if (answer.ok) return (await answer.json()).macros
    } catch {
      // Without macros, a slash is a slash.
    }
    this.#macros = undefined
    return []
  }

  // A slash of our own where one cannot be: after a word it would begin none.
  begin() {
    const text = this.#text
    const at = text.selectionEnd
    const before = text.value.slice(0, at)
    replaceIn(text, at, at, /\S$/u.test(before) ? " /" : "/")
  }

  // One by its number, at the caret: the palette names it.
  async put(number) {
    this.#macros ??= this.#fetch()
    const macro = (await this.#macros).find((one) => one.id === number)
    if (macro) this.#take(macro, { from: this.#text.selectionStart })
  }

  #take(macro, word) {
    const text = this.#text
    const { caret } = inserted(text.value, text.selectionStart, word.from, macro.body)
    replaceIn(text, word.from, text.selectionStart, macro.body)
    text.setSelectionRange(caret, caret)
    this.#selectGap(text, macro.body, word.from)
    text.dispatchEvent(new CustomEvent("macro:taken", { bubbles: true, detail: macro }))
  }

  #selectGap(text, body, from) {
    const [first] = gaps(body)
    if (!first) return
    const at = from + body.indexOf(`{${first}}`)
    text.setSelectionRange(at, at + first.length + 2)
  }
}

function draw({ name, body, acts }) {
  const chips = acts.map(({ words }) => element("span", words, "act-chip"))
  const line = element("span", "", "macro-acts")
  line.append(...chips)
  const nothing = acts.length ? [line] : []
  return [element("strong", name), element("span", body.replaceAll(/\s+/gu, " ") || say.empty_text, "macro-body"), ...nothing]
}

customElements.define("macro-list", MacroList)
