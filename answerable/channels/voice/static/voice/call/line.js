// Speaks with our server for one page of a call. What the page says arrives in its order, once,
// however often it has to be sent; what the other side said is had from the last number on.

const BEAT = 4000
const AGAIN = 1000
const MOST = 40

export class Line {
  #says = []
  #counted = 0
  #after = 0
  #busy = false
  #wanted = false
  #timer
  #over = false
  #asked = -Infinity

  constructor({ ask, leg, heard, missed }) {
    Object.assign(this, { ask, leg, heard, missed })
  }

  say(kind, body = {}) {
    this.#says.push({ number: ++this.#counted, kind, body })
    return this.exchange()
  }

  // The stream has beaten: what a slowed timer is late with is done now.
  beat() {
    if (performance.now() - this.#asked >= BEAT) this.exchange()
  }

  // Send what waits, and hear what is new. Two at once become one after the other.
  async exchange() {
    if (this.#over) return
    if (this.#busy) return void (this.#wanted = true)
    this.#busy = true
    this.#wanted = false
    clearTimeout(this.#timer)
    const taken = await this.#once()
    this.#busy = false
    const more = this.#says.length || this.#wanted
    if (!this.#over) this.#timer = setTimeout(() => this.exchange(), taken ? (more ? 0 : BEAT) : AGAIN)
  }

  async #once() {
    const sent = this.#says.slice(0, MOST)
    this.#asked = performance.now()
    try {
      const answer = await this.ask(this.#values(sent))
      this.#says = this.#says.filter((one) => !sent.includes(one))
      this.#after = answer.number
      this.heard(answer)
      return true
    } catch (error) {
      this.missed(error)
      return false
    }
  }

  // How to connect is asked for by itself: its names and passwords end after some hours.
  async servers() {
    const answer = await this.ask({ ...this.#values([]), servers: "1" })
    return answer.connecting
  }

  // The page is being left: there is no time for an answer.
  leave() {
    this.end()
    const says = [...this.#says, { number: ++this.#counted, kind: "leave", body: {} }]
    this.ask(this.#values(says), { keepalive: true }).catch(() => {})
  }

  end() {
    this.#over = true
    clearTimeout(this.#timer)
  }

  #values(says) {
    return { after: this.#after, leg: this.leg, says: JSON.stringify(says) }
  }
}

export function newLeg() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}

// By which leg this tab had a call before it was loaded again, "" if it had none.
export function legBefore(key) {
  try {
    return sessionStorage.getItem(`call-${key}`) ?? ""
  } catch {
    return ""
  }
}

export function keepLeg(key, leg) {
  try {
    leg ? sessionStorage.setItem(`call-${key}`, leg) : sessionStorage.removeItem(`call-${key}`)
  } catch {
    // Then a page that is loaded again asks before it takes the call.
  }
}
