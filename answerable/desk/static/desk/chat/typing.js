// The line below a chat that says who types: seen while it is so, said aloud once in half a minute.

import { fill } from "../../design/helpers/text.js"
import { tell } from "../../design/tell.js"
import { say } from "../words.js"

const SHOWN = 6000
const SAID_EACH = 30_000

export class TypingLine {
  #line
  #until = 0
  #saidAt = -Infinity

  constructor(line) {
    this.#line = line
  }

  // `text` is what stands in the other's box, where the vendor lets agents see that.
  show({ name, text }) {
    const first = name.split(" ")[0]
    const words = fill(say.is_typing, { name: first })
    this.#until = performance.now() + SHOWN
    this.#line.textContent = text ? fill(say.writes, { name: first, text }) : words
    this.#line.hidden = false
    if (performance.now() - this.#saidAt < SAID_EACH) return
    this.#saidAt = performance.now()
    tell(words)
  }

  // They sent it.
  end() {
    this.#until = 0
    this.tick()
  }

  tick() {
    this.#line.hidden = performance.now() > this.#until
  }
}
