// Rings for what is new in a chat: once, in one of a person's tabs, and not while they read it in another.

import { ring } from "./ringing.js"

const OTHERS = 200

export class Bell {
  // `face` keeps things for all tabs: read, write, remove, and alone, which lets one tab act at a time.
  constructor(face, key) {
    this.face = face
    this.name = `chat-bell:${key}`
  }

  // Up to which entry it rang, or need not.
  get seq() {
    return this.face.read(this.name) ?? 0
  }

  // Return whether an entry is news. Who waits is rung for wherever they look; who reads is not.
  hears({ seq, kind, side }) {
    if (kind !== "joined" && (kind !== "said" || side !== "agent")) return false
    if (kind === "said" && this.face.isSeen()) this.#saw(seq)
    else this.news(seq)
    return true
  }

  #saw(seq) {
    if (seq > this.seq) this.face.write(this.name, seq)
  }

  // Other tabs say first that it is read there.
  async news(seq) {
    await pause(OTHERS)
    await this.face.alone(this.name, async () => {
      if (this.seq >= seq) return
      this.face.write(this.name, seq)
      ring()
      await pause(OTHERS)
    })
  }

  forget() {
    this.face.remove(this.name)
  }
}

function pause(length) {
  return new Promise((resolve) => setTimeout(resolve, length))
}
