// The server's clock as a browser knows it. Pure: the caller says what time it is here.
// `ticks` is a counter of milliseconds that nobody can set; `here` is this computer's own clock.

export const STALE_AFTER = 10_000
const TELL_FROM = 120_000
const MINUTE = 60_000

export class ServerClock {
  #offset = 0
  #heardAt = -Infinity
  #ahead = 0

  hear(server, here, ticks) {
    this.#offset = server - ticks
    this.#ahead = here - server
    this.#heardAt = ticks
  }

  // The server spoke, though it did not say the time.
  touch(ticks) {
    if (this.knows()) this.#heardAt = ticks
  }

  // A computer that slept may have stopped its counter: what we knew of the time is gone.
  forget() {
    this.#heardAt = -Infinity
  }

  knows() {
    return this.#heardAt > -Infinity
  }

  now(ticks) {
    return ticks + this.#offset
  }

  lastHeard() {
    return this.#heardAt + this.#offset
  }

  isStale(ticks) {
    return ticks - this.#heardAt > STALE_AFTER
  }

  // Whole minutes that this computer is ahead, or behind (below zero), once that is worth telling.
  minutesOff() {
    return Math.abs(this.#ahead) > TELL_FROM ? Math.trunc(this.#ahead / MINUTE) : 0
  }
}
