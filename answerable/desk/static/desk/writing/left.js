// What one box has that the server has not heard, kept in this tab: a page that is left takes with it
// whatever it was about to save. Megabytes are not copied with each key; <kept-text> has their words.

import { isLater, Names, pageName, unheard } from "../helpers/saves.js"

const LARGEST = 60_000

// The page that comes may have been made before what is heard now: it is not forgotten any more.
let leaving = false
addEventListener("beforeunload", () => (leaving = true))
addEventListener("pageshow", () => (leaving = false))

export class Left {
  #place
  #names = new Names(pageName())

  constructor(address) {
    this.#place = `left:${document.body.dataset.person ?? ""}:${address}`
  }

  // What the page before this one had, where the server has `version` and that is not all of it.
  since(version) {
    const left = this.#read()
    return unheard(left, version) ? left : undefined
  }

  // Something changed, and goes with the next save.
  note(text, beside, base) {
    if (text.length > LARGEST) return
    try {
      sessionStorage.setItem(this.#place, JSON.stringify({ text, beside, base, name: this.#names.coming }))
    } catch {
      // A store that is full or closed takes nothing away: the text is in its box.
    }
  }

  next() {
    return this.#names.next()
  }

  heard(name) {
    const left = this.#read()
    if (left && !leaving && !isLater(left.name, name)) this.forget()
  }

  forget() {
    sessionStorage.removeItem(this.#place)
  }

  #read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#place))
    } catch {
      return null
    }
  }
}
