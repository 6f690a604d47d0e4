// Keeps a chat's stream open, and after any cut goes on from the last number that this page has.

import { events } from "./stream.js"

const PAUSES = [500, 1_000, 2_000, 5_000]
// We hear a beat every few seconds: a line that says nothing for longer is down.
const SILENCE = 12_000
const OVER = [401, 403, 404, 410]

export class Listening {
  #ending
  #isOver = false
  #wake = () => {}
  #again = () => this.again()

  // `open(after, signal)` asks for the stream; `heard(event)` is told each; `line(isUp)` how it stands.
  constructor({ open, after, heard, line }) {
    Object.assign(this, { open, after, heard, line })
    for (const kind of ["online", "offline"]) addEventListener(kind, this.#again)
  }

  async run() {
    for (let tries = 0; !this.#isOver; tries++) {
      if (tries) await this.#pause(PAUSES[Math.min(tries, PAUSES.length) - 1])
      if (!this.#isOver && (await this.#listen())) tries = 0
    }
  }

  // Ask anew at once: the line may be back or gone, or an entry is missing.
  again() {
    this.#ending?.abort()
    this.#wake()
  }

  end() {
    this.#isOver = true
    for (const kind of ["online", "offline"]) removeEventListener(kind, this.#again)
    this.again()
  }

  // Return whether anything was heard.
  async #listen() {
    const ending = (this.#ending = new AbortController())
    let timer
    const awaited = () => {
      clearTimeout(timer)
      timer = setTimeout(() => ending.abort(), SILENCE)
    }
    let hasHeard = false
    try {
      awaited()
      const answer = await this.open(this.after(), ending.signal)
      if (OVER.includes(answer.status)) return this.end()
      if (!answer.ok) return false
      for await (const event of events(answer.body)) {
        awaited()
        if (!hasHeard) this.line(true)
        hasHeard = true
        this.heard(event)
      }
    } catch {
      // The line is down, or something is missing: both are asked for again.
    } finally {
      clearTimeout(timer)
    }
    if (!this.#isOver) this.line(false)
    return hasHeard
  }

  #pause(length) {
    return new Promise((resolve) => {
      this.#wake = resolve
      setTimeout(resolve, length)
    })
  }
}
