// How long what the server says takes to reach this page, at most: no clock of this computer's and
// no guess is in it. What is said on a stream was said after the page had asked for the stream, so
// the server's clock is ahead of the page's counter by no more than the first word's time less the
// instant of asking. The least of these bounds holds for all that follows.

export class StreamDelay {
  #ahead = Infinity
  #asked
  #seconds

  // The page asks for a stream; `counter` in milliseconds.
  ask(counter) {
    this.#asked = counter
  }

  // The server said at `server` what is heard now. A bound that turns out to be wrong, as after a
  // sleep or when the server's clock was set, is forgotten until the page asks again.
  hear(server, counter) {
    if (this.#asked !== undefined) this.#ahead = Math.min(this.#ahead, server - this.#asked)
    this.#asked = undefined
    const late = counter - server + this.#ahead
    if (late < 0) this.forget()
    else this.#seconds = Number.isFinite(late) ? late / 1000 : undefined
  }

  forget() {
    this.#ahead = Infinity
    this.#asked = undefined
    this.#seconds = undefined
  }

  // Of what was heard last; undefined while nothing is known.
  get seconds() {
    return this.#seconds
  }
}

// Said in tenths of a second, rounded up: never less than it may be.
export const tenths = (seconds) => Math.max(1, Math.ceil(Math.round(seconds * 1000) / 100)) / 10
