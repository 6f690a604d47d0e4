// How a chat stands, in words: who is there or how long one waits, who types, whether the line is up.

const TYPES_FOR = 6_000
const WAITING_SAID = 60_000
const TYPING_SAID = 30_000
const DOWN_SHOWN = 3_000

export class Standing {
  #said = {}
  #timers = {}
  #isDown = false

  constructor(root, face, words) {
    Object.assign(this, { face, words })
    for (const name of ["stands", "typing", "line"]) this[name] = root.querySelector(`[data-chat-${name}]`)
  }

  show(state) {
    const words = state.end ? "" : state.waiting ? this.#waiting(state) : this.words.with.replace("{name}", state.agent)
    if (this.stands.textContent === words) return
    this.stands.textContent = words
    this.stands.hidden = !words
    if (state.waiting && words) this.#say("waiting", words, WAITING_SAID)
  }

  types(name) {
    const words = name ? this.words.typing.replace("{name}", name) : ""
    clearTimeout(this.#timers.typing)
    this.typing.textContent = words
    if (!words) return
    this.#say("typing", words, TYPING_SAID)
    this.#timers.typing = setTimeout(() => this.types(""), TYPES_FOR)
  }

  // A line that is back at once was never away, as far as anybody should know.
  isUp(isUp) {
    if (!isUp) {
      this.#timers.line ??= setTimeout(() => this.#down(), navigator.onLine ? DOWN_SHOWN : 0)
      return
    }
    clearTimeout(this.#timers.line)
    this.#timers.line = undefined
    if (this.#isDown) this.#back()
  }

  #down() {
    this.#isDown = true
    this.line.hidden = false
    this.line.textContent = navigator.onLine ? this.words.reconnecting : this.words.offline
    this.face.say(this.line.textContent)
  }

  #back() {
    this.#isDown = false
    this.line.hidden = true
    this.face.say(this.words.back)
  }

  #waiting({ ahead, estimate }) {
    const place = ahead === null ? "" : this.words.place.replace("{place}", ahead + 1)
    return [place, estimate && `${estimate}.`, this.words.keep_working].filter(Boolean).join(" ")
  }

  #say(kind, words, atMost) {
    if (Date.now() - (this.#said[kind] ?? -atMost) < atMost) return
    this.#said[kind] = Date.now()
    this.face.say(words)
  }
}
