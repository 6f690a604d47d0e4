// What was said and is on its way: in the order in which it was written, each under a token, so that it
// arrives once however often it is sent. Pure: stores, clocks and the network are the caller's.

const WAITS = [1000, 2000, 4000, 8000]

export class Outbox {
  #waiting
  #tries = 0

  constructor(kept = []) {
    this.#waiting = kept.filter((one) => one?.token)
  }

  get waiting() {
    return [...this.#waiting]
  }

  // What is sent next: the first, unless it was refused and waits for its writer.
  get next() {
    return this.#waiting.find((one) => !one.refused)
  }

  add(message) {
    this.#waiting.push(message)
  }

  // The server has it, whether we heard so by an answer or by the stream.
  arrived(token) {
    this.#tries = 0
    const before = this.#waiting.length
    this.#waiting = this.#waiting.filter((one) => one.token !== token)
    return this.#waiting.length < before
  }

  refuse(token, why) {
    this.#tries = 0
    this.#waiting = this.#waiting.map((one) => (one.token === token ? { ...one, refused: why } : one))
  }

  // How long until the next try; the network being back is sooner.
  failed() {
    const late = this.next
    this.#waiting = this.#waiting.map((one) => (one === late ? { ...one, late: true } : one))
    return WAITS[Math.min(this.#tries++, WAITS.length - 1)]
  }

  drop(token) {
    const dropped = this.#waiting.find((one) => one.token === token)
    this.arrived(token)
    return dropped
  }
}
