// The server's clock as a browser knows it. Pure: the caller says what time it is here.

export const STALE_AFTER = 10_000
const TELL_FROM_MINUTES = 2

export class ServerClock {
  #offset = 0
  #heardAt = -Infinity

  // `server` is what the server said, `here` this computer's clock at that moment, `ticks` a
  // counter of milliseconds that nobody can set.
  hear(server, here, ticks) {
    this.#offset = server - ticks
    this.#heardAt = ticks
    this.skew = here - server
  }

  skew = 0

  now(ticks) {
    return ticks + this.#offset
  }

  lastHeard() {
    return this.#heardAt + this.#offset
  }

  isStale(ticks) {
    return ticks - this.#heardAt > STALE_AFTER
  }

  // Whole minutes this computer is ahead (above zero) or behind, once it is worth telling.
  minutesOff() {
    const minutes = Math.trunc(this.skew / 60_000)
    return Math.abs(this.skew) > TELL_FROM_MINUTES * 60_000 ? minutes : 0
  }
}
