// What the reader of this page does, as colleagues are told: on which ticket they are, and whether they write.
// A peek is no visit, and a hidden page views nothing. Who typed within a minute writes; nothing is
// inferred from a mouse.

const WRITES_FOR = 60_000
const OPEN = "#main :is(live-ticket, desk-chat)[data-number]"

export class Doing {
  #text
  #doing
  #typedAt

  typed({ target, isTrusted }) {
    const place = isTrusted && target.closest?.("[data-doing]")
    if (!place || !target.matches("textarea")) return
    this.#text = target
    this.#doing = place.dataset.doing
    this.#typedAt = performance.now()
  }

  get now() {
    const ticket = document.querySelector(OPEN)?.dataset.number
    if (!ticket) return {}
    if (this.#writes) return { ticket, doing: this.#doing }
    return document.hidden ? {} : { ticket, doing: "view" }
  }

  get #writes() {
    if (!this.#text?.isConnected || !this.#text.value.trim() || !this.#text.checkVisibility()) return false
    return performance.now() - this.#typedAt < WRITES_FOR
  }
}
