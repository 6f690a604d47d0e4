// The stream of one chat. Whatever becomes of the network, it goes on after the last entry that the page has.

const AGAIN_AFTER = [500, 1000, 2000, 5000]
const SILENT_FOR = 12_000
const LOOK_EACH = 3000
const EVENTS = ["entry", "state", "typing", "beat"]

export class ChatStream {
  #address
  #after
  #heard
  #source
  #tries = 0
  #retry
  #watch
  #lastAt = 0
  #leave = () => this.#close()
  #back = () => this.open()
  #shown = (event) => event.persisted && this.open()

  // `after` says up to which number the page has all entries; `heard` is called with each event.
  constructor(address, after, heard) {
    this.#address = address
    this.#after = after
    this.#heard = heard
  }

  start() {
    addEventListener("online", this.#back)
    addEventListener("pagehide", this.#leave)
    addEventListener("pageshow", this.#shown)
    this.#watch = setInterval(() => this.#look(), LOOK_EACH)
    this.open()
  }

  stop() {
    removeEventListener("online", this.#back)
    removeEventListener("pagehide", this.#leave)
    removeEventListener("pageshow", this.#shown)
    clearInterval(this.#watch)
    this.#close()
  }

  open() {
    this.#close()
    this.#lastAt = performance.now()
    const source = new EventSource(`${this.#address}?after=${this.#after()}`)
    for (const name of EVENTS) source.addEventListener(name, (event) => this.#take(event))
    source.addEventListener("error", () => this.#again())
    this.#source = source
  }

  #close() {
    clearTimeout(this.#retry)
    this.#source?.close()
    this.#source = undefined
  }

  // The browser would come back by itself, but with the number that it heard last; we know better.
  #again() {
    this.#close()
    const wait = AGAIN_AFTER[Math.min(this.#tries++, AGAIN_AFTER.length - 1)]
    this.#retry = setTimeout(() => this.open(), wait)
  }

  // A network that went without a word leaves a stream that is open and silent.
  #look() {
    if (this.#source && performance.now() - this.#lastAt > SILENT_FOR) this.open()
  }

  #take({ type, data }) {
    this.#lastAt = performance.now()
    this.#tries = 0
    this.#heard(type, JSON.parse(data))
  }
}
