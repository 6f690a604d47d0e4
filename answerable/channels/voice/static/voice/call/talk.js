// One side of a call, on one page: who has it, the connection, what each tells the other. It knows no
// elements: whoever shows it hears `changed`, `sound`, `screen` and `refused`.

import { Line, keepLeg, legBefore, newLeg } from "./line.js"
import { looking } from "./looking.js"
import { Peer } from "./peer.js"

export class Talk extends EventTarget {
  #leg = newLeg()
  #otherLeg = ""
  #config
  #look
  #has = false

  constructor({ key, side, ask, sound }) {
    super()
    Object.assign(this, { key, side, sound, facts: null, peer: null, joined: false, quality: "" })
    Object.assign(this, { muted: false, asked: false, away: false, ahead: 0, sharing: null })
    this.line = new Line({ ask, leg: this.#leg, heard: (answer) => this.#heard(answer), missed: () => this.#changed((this.away = true)) })
    this.line.exchange()
  }

  // Whether this very tab had the call before it was loaded again.
  get wasHere() {
    return Boolean(this.facts?.has) && legBefore(this.key) === this.facts.has
  }

  // Take the call on this page; the microphone is open by now.
  async join() {
    this.#config = await this.line.servers().catch(() => ({}))
    this.joined = true
    keepLeg(this.key, this.#leg)
    this.line.say("join", { take: true })
    this.line.say("state", { microphone: "on" })
    if (this.#otherLeg) this.#connect()
    this.#changed()
  }

  say = (kind, body) => this.line.say(kind, body)

  mute(muted) {
    this.muted = muted
    this.#quiet()
    this.say("state", { muted })
    this.#changed()
  }

  // Show the other side a screen; without a stream no more.
  share(stream) {
    const [track] = stream?.getVideoTracks() ?? []
    this.sharing?.stop()
    this.sharing = track ?? null
    this.asked = false
    track?.addEventListener("ended", () => this.share(null), { once: true })
    this.peer?.share(this.sharing)
    this.say("state", { sharing: Boolean(track) })
    this.#changed()
  }

  async microphone(device) {
    const track = await this.sound.open(device)
    await this.peer?.replace(track)
    this.#quiet()
    this.#changed()
  }

  leave() {
    if (this.joined && this.facts?.state !== "ended") this.line.leave()
  }

  close() {
    this.line.end()
    this.#stop()
    keepLeg(this.key, "")
  }

  #heard({ signals, call }) {
    this.away = false
    this.facts = call
    this.ahead = Date.parse(call.now) - Date.now()
    for (const { kind, body } of signals) this.#signal(kind, body)
    this.#has ||= call.has === this.#leg
    // Another page of this side took it.
    if (this.joined && this.#has && call.has !== this.#leg) this.#stop()
    if (call.state === "ended") this.close()
    this.#quiet()
    this.#changed()
  }

  #signal(kind, body) {
    if (kind === "join") {
      this.#otherLeg = body.from
      if (this.joined) this.#connect()
    } else if (kind === "ask_screen") this.asked = true
    else if (kind === "no_screen") this.dispatchEvent(new Event("refused"))
    else if (body.to === this.#leg && body.from === this.#otherLeg) this.peer?.hear(kind, body)
  }

  // To each page of the other side there is one connection; a page that comes anew gets a new one.
  #connect() {
    this.#disconnect()
    const to = this.#otherLeg
    const peer = (this.peer = new Peer({
      polite: this.side === "contact",
      send: (kind, body) => this.say(kind, { ...body, from: this.#leg, to }),
      config: this.#config,
      servers: () => this.line.servers(),
      track: this.sound.track,
    }))
    if (this.sharing) peer.share(this.sharing)
    for (const state of ["connected", "lost"]) peer.addEventListener(state, () => this.say(state))
    peer.addEventListener("screen", () => this.dispatchEvent(new Event("screen")))
    peer.addEventListener("sound", () => this.dispatchEvent(new Event("sound", this.sound.play(peer.stream))))
    this.#look = looking(peer, (found) => {
      this.quality = found
      this.say("state", { quality: found })
      this.#changed()
    })
  }

  #disconnect() {
    this.#look?.()
    this.peer?.close()
    this.peer = null
  }

  #stop() {
    this.joined = this.#has = false
    this.#disconnect()
    this.sharing?.stop()
    this.sharing = null
    this.sound.close()
  }

  // On hold nobody hears anybody.
  #quiet() {
    const held = this.facts?.state === "held"
    if (this.sound.track) this.sound.track.enabled = !held && !this.muted
    this.sound.hush(held)
  }

  #changed() {
    this.dispatchEvent(new Event("changed"))
  }
}
