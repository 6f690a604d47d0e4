// The list of the palette under its box, which keeps the focus: which options there are, and which is chosen.

import { option } from "./draw.js"

const STEPS = { ArrowDown: (at, count) => (at + 1) % count, ArrowUp: (at, count) => (at - 1 + count) % count, Home: () => 0, End: (_, count) => count - 1 }

export class List {
  #box
  #list
  #shown = []
  #at = 0

  constructor(box, list) {
    this.#box = box
    this.#list = list
  }

  get chosen() {
    return this.#shown[this.#at]
  }

  get count() {
    return this.#shown.length
  }

  // What was chosen with the arrows stays chosen when more comes in.
  show(entries, { keep = false } = {}) {
    const before = keep && this.#at ? this.chosen?.id : undefined
    this.#shown = entries
    this.#list.replaceChildren(...entries.map(option))
    this.#choose(Math.max(0, entries.findIndex((one) => one.id === before)))
  }

  // Whether a key chose another.
  step({ key, shiftKey }) {
    const step = STEPS[key]
    if (!step || shiftKey || !this.count) return false
    this.#choose(step(this.#at, this.count))
    return true
  }

  at(element) {
    return this.#shown[[...this.#list.children].indexOf(element)]
  }

  #choose(index) {
    this.#at = index
    ;[...this.#list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)))
    const chosen = this.#list.children[index]
    if (chosen) this.#box.setAttribute("aria-activedescendant", chosen.id)
    else this.#box.removeAttribute("aria-activedescendant")
    chosen?.scrollIntoView({ block: "nearest" })
  }
}
