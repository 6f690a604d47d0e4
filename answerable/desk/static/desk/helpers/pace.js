// How soon to fetch again: changes that come together are fetched once, and never too often.
// Pure: the caller says what time it is, and keeps the timer.

export class Pace {
  #wait
  #gap
  #last = -Infinity

  constructor({ wait, gap }) {
    this.#wait = wait
    this.#gap = gap
  }

  started(now) {
    this.#last = now
  }

  delay(now) {
    return Math.max(this.#wait, this.#last + this.#gap - now)
  }
}
