// <markdown-box><textarea></textarea></markdown-box> writes Markdown: Ctrl or ⌘ with B and I put the marks
// around what is selected; rich text and sheets that are pasted become Markdown. Files that are pasted are
// attached (attach-files); plain text stays as it is.

import { csvOf } from "../helpers/sheet.js"
import { say } from "../words.js"
import { sheetToMarkdown, toMarkdown } from "../writing/pasted.js"
import { replaceIn } from "../writing/choices.js"

const MARKS = { b: "**", i: "*" }
const RICH = /<(?:table|a\s|b>|b\s|strong|em>|i>|ul|ol|h[1-6]|pre|code|blockquote)/iu

class MarkdownBox extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.#keyed(event))
    this.addEventListener("paste", (event) => this.#pasted(event))
  }

  get #text() {
    return this.querySelector("textarea")
  }

  #keyed(event) {
    const mark = MARKS[event.key.toLowerCase()]
    if (!mark || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return
    event.preventDefault()
    const { value, selectionStart: from, selectionEnd: to } = this.#text
    const [has, rest] = [value.slice(from - mark.length, from) === mark, value.slice(to, to + mark.length) === mark]
    if (has && rest && value.slice(from, to)) {
      replaceIn(this.#text, from - mark.length, to + mark.length, value.slice(from, to))
      this.#text.setSelectionRange(from - mark.length, to - mark.length)
    } else {
      replaceIn(this.#text, from, to, mark + value.slice(from, to) + mark)
      this.#text.setSelectionRange(from + mark.length, to + mark.length)
    }
  }

  // What a browser puts beside plain text for every copy is not rich: only what has a form is read.
  #pasted(event) {
    if (event.defaultPrevented) return
    const [html, plain] = ["text/html", "text/plain"].map((type) => event.clipboardData?.getData(type) ?? "")
    const read = RICH.test(html) ? toMarkdown(html, plain) : sheetToMarkdown(plain)
    if (!read?.text) return
    event.preventDefault()
    this.#insert(read.text)
    for (const rows of read.cut) this.#attach(rows)
  }

  #insert(markdown) {
    const { selectionStart: from, selectionEnd: to } = this.#text
    if (markdown.length < 20_000) return replaceIn(this.#text, from, to, markdown)
    this.#text.setRangeText(markdown, from, to, "end")
    this.#text.dispatchEvent(new Event("input", { bubbles: true }))
  }

  // Of a sheet that is too large for a text, all goes along as a file; one press takes it off again.
  #attach(rows) {
    const file = new File([csvOf(rows)], say.sheet_name, { type: "text/csv" })
    this.closest("form")?.querySelector("attach-files")?.add([file])
  }
}

customElements.define("markdown-box", MarkdownBox)
