// Lines that were written here and that the server has not: kept in the browser, sent in order and
// one at a time, by whichever tab has the turn. A line sent again under its token is there once.

const AGAIN = 4_000

export class Unsent {
  // By token: sending, failed, or refused with the reason.
  states = new Map()
  #timer
  #stopped = false
  #busy = false
  #isOver = false

  constructor({ face, key, took, changed }) {
    Object.assign(this, { face, took, changed })
    this.name = `chat-out:${key}`
    this.turn = `chat-${key}`
  }

  get lines() {
    return this.face.read(this.name) ?? []
  }

  add(line) {
    this.face.write(this.name, [...this.lines, line])
    this.states.set(line.token, "sending")
    this.changed()
    return this.flush()
  }

  forget(token) {
    const others = this.lines.filter((line) => line.token !== token)
    if (others.length) this.face.write(this.name, others)
    else this.face.remove(this.name)
    this.states.delete(token)
  }

  // The page goes: what waits stays in the browser, for whichever page comes next.
  end() {
    clearTimeout(this.#timer)
    this.#isOver = true
  }

  async flush() {
    clearTimeout(this.#timer)
    if (this.#busy || this.#isOver || !this.lines.length) return
    this.#busy = true
    try {
      await this.face.alone(this.turn, () => this.#all())
    } finally {
      this.#busy = false
      this.changed()
    }
    if (this.lines.length && !this.#isOver && !this.#stopped) this.#timer = setTimeout(() => this.flush(), AGAIN)
  }

  // What cannot be sent holds back what was written after it: order is order.
  async #all() {
    let line
    while ((line = this.lines[0])) {
      this.states.set(line.token, "sending")
      this.changed()
      if (!(await this.#send(line))) return
    }
  }

  // What throws an error that `stops` is not tried again by itself: first somebody must sign in.
  async #send(line) {
    this.#stopped = false
    try {
      const { status, json } = await this.face.send(line)
      if (status === 200 || status === 422) {
        this.forget(line.token)
        this.took(line, status === 200 ? json : { refused: json.problem })
        return true
      }
    } catch (error) {
      // Nobody answered: perhaps it arrived, and then the next try finds it there.
      this.#stopped = Boolean(error?.stops)
    }
    this.states.set(line.token, "failed")
    return false
  }
}
