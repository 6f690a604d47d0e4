// What stands on the screen of somebody who looks has been seen.

export class Looking {
  #seen = 0
  #look = () => this.look()

  // `last()` is the number up to which there is something to see; `tell(seq)` says that it was seen.
  constructor({ root, log, face, below, last, tell }) {
    Object.assign(this, { log, face, below, last, tell })
    this.places = [[document, "visibilitychange"], [root, "focusin"], [log.box, "scroll"]]
    for (const [target, kind] of this.places) target.addEventListener(kind, this.#look, true)
  }

  end() {
    for (const [target, kind] of this.places) target.removeEventListener(kind, this.#look, true)
  }

  look() {
    const last = this.last()
    if (this.log.isAtEnd()) this.below.hidden = true
    if (last <= this.#seen || !this.face.isSeen() || !this.log.isAtEnd()) return
    this.#seen = last
    this.tell(last).catch(() => (this.#seen = 0))
  }
}
