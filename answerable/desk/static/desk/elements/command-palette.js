// <command-palette data-commands data-find data-search> opens by Ctrl or ⌘ with K, in text boxes too. One list of
// what can be done, where one can go and what answers; the box keeps the focus, arrows choose, Enter runs.
// Escape gives the focus back; Backspace in the empty box goes back one level.

import { whisper } from "../../design/tell.js"
import { fill, plural } from "../../design/helpers/text.js"
import { asked, ranked } from "../helpers/palette.js"
import { Found } from "../palette/found.js"
import { gathered, nothingFor } from "../palette/gathered.js"
import { levelOf } from "../palette/level.js"
import { List } from "../palette/list.js"
import { entriesOf, load } from "../palette/local.js"
import { remember } from "../palette/recent.js"
import { say } from "../words.js"

class CommandPalette extends HTMLElement {
  #local = []
  #found = []
  #level
  #list
  #remote = new Found(this.dataset.find, (entries) => this.#take(entries))
  #key = (event) => this.#called(event)
  #click = ({ target }) => target.closest?.("[data-palette]") && this.open()

  connectedCallback() {
    const list = this.querySelector("[role=listbox]")
    this.#list = new List(this.#box, list)
    document.addEventListener("keydown", this.#key)
    document.addEventListener("click", this.#click)
    this.#box.addEventListener("input", () => this.#typed())
    this.#box.addEventListener("keydown", (event) => this.#keyed(event))
    list.addEventListener("click", ({ target }) => this.#run(this.#list.at(target.closest("[role=option]"))))
    this.#dialog.addEventListener("close", () => this.#remote.stop())
    this.#dialog.addEventListener("click", ({ target }) => target === this.#dialog && this.#dialog.close())
    const idle = window.requestIdleCallback ?? setTimeout
    idle(() => load(this.dataset.commands).catch(() => {}))
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#key)
    document.removeEventListener("click", this.#click)
  }

  get #dialog() {
    return this.querySelector("dialog")
  }

  get #box() {
    return this.querySelector("[role=combobox]")
  }

  get #isOver() {
    return this.querySelector(".palette-wait").hidden
  }

  #called(event) {
    const isIt = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    if (!isIt || event.isComposing) return
    event.preventDefault()
    if (this.#dialog.open) this.#dialog.close()
    else if (!document.querySelector("dialog:modal")) this.open()
  }

  async open() {
    this.#local = []
    this.#enter()
    this.#dialog.showModal()
    try {
      this.#local = entriesOf(await load(this.dataset.commands))
    } catch {
      // The search answers all the same.
    }
    if (!this.#level) this.#typed()
  }

  // One level deeper, or back to where all are.
  #enter(level, typed = "") {
    this.#level = level
    const place = this.querySelector(".palette-level")
    place.hidden = !level
    place.textContent = level?.words ?? ""
    this.#box.placeholder = level ? say.palette_choose : this.#box.ariaLabel
    this.querySelector(".palette-help").hidden = Boolean(level)
    this.#box.value = typed
    this.#typed()
    this.#box.focus()
  }

  #typed() {
    const { kind, words } = asked(this.#box.value)
    const searches = !this.#level && words && kind !== "command"
    this.#found = []
    this.querySelector(".palette-wait").hidden = !searches
    if (searches) this.#remote.ask(words)
    else this.#remote.stop()
    this.#show()
  }

  #take(entries) {
    this.#found = entries
    this.querySelector(".palette-wait").hidden = true
    this.#show({ keep: true })
  }

  #show({ keep = false } = {}) {
    const typed = this.#box.value
    const entries = this.#level ? ranked(this.#level.entries, typed) : gathered(typed, this.#local, this.#found)
    const isEmpty = !entries.length && typed.trim() && this.#isOver && !this.#level?.comes
    this.#list.show(isEmpty ? [nothingFor(typed.trim(), this.#level, this.dataset.search)] : entries, { keep })
    const { count } = this.#list
    if (typed.trim() && this.#isOver) whisper(isEmpty ? this.#list.chosen.words : fill(plural(say.answers_found, count, say.language), { count }))
  }

  async #run(entry) {
    if (!entry) return
    if (entry.lacks) return whisper(entry.lacks)
    remember(entry)
    if (entry.chooses && entry.button?.href) return this.#choose(entry)
    this.#dialog.close()
    return entry.run()
  }

  // What is typed while the choices come narrows them, and Enter waits for them.
  async #choose(entry) {
    const level = { words: entry.words, entries: [], comes: true }
    this.#enter(level)
    level.entries = await levelOf(entry).catch(() => [])
    level.comes = false
    if (this.#level !== level || !this.#dialog.open) return
    if (!level.entries.length) {
      this.#dialog.close()
      entry.run()
      return
    }
    this.#show()
    if (level.enter) this.#run(this.#list.chosen)
  }

  #keyed(event) {
    if (event.isComposing || event.keyCode === 229) return
    if (event.key === "Enter" && this.#level?.comes) this.#level.enter = true
    else if (event.key === "Enter") this.#run(this.#list.chosen)
    else if (event.key === "Backspace" && !this.#box.value && this.#level) this.#enter()
    else if (!this.#list.step(event)) return
    event.preventDefault()
  }
}

customElements.define("command-palette", CommandPalette)
