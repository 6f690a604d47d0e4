// What several changes ask for is done once: those that come together at once, never too often, and never
// two at a time. What is asked for meanwhile is done anew after that.

// How soon. Pure: the caller says what time it is.
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

// `failed` is told of an error of the work; the next one comes all the same.
export class Again {
  #work
  #pace
  #failed
  #timer
  #busy = false
  #asked = false

  constructor(work, { wait, gap, failed }) {
    this.#work = work
    this.#pace = new Pace({ wait, gap })
    this.#failed = failed
  }

  ask = () => {
    if (this.#busy) this.#asked = true
    else this.#timer ??= setTimeout(() => this.#run(), this.#pace.delay(performance.now()))
  }

  now = () => {
    if (this.#busy) this.#asked = true
    else this.#run()
  }

  stop() {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  async #run() {
    this.stop()
    this.#busy = true
    this.#pace.started(performance.now())
    try {
      await this.#work()
    } catch (error) {
      this.#failed?.(error)
    } finally {
      this.#busy = false
    }
    if (this.#asked) {
      this.#asked = false
      this.ask()
    }
  }
}
