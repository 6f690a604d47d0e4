// The connection to one page of the other side: perfect negotiation, as the specification of WebRTC
// shows it. Either side may begin at any time; where both do, the polite one gives way. A line that
// is lost is sought anew, by other ways, for as long as the call goes on.

const BLINK = 1500
const SEEK_EACH = 6000

export class Peer extends EventTarget {
  #making = false
  #ignoring = false
  #settling = false
  #queue = Promise.resolve()
  #timer
  #sound
  #screen = null

  constructor({ polite, send, config, servers, track }) {
    super()
    Object.assign(this, { polite, send, servers, stream: new MediaStream(), screen: null, state: "new" })
    const pc = (this.pc = new RTCPeerConnection(config))
    pc.onnegotiationneeded = () => this.#offer()
    pc.onicecandidate = ({ candidate }) => candidate && send("candidate", { candidate: candidate.toJSON() })
    pc.onconnectionstatechange = () => this.#moved()
    pc.ontrack = ({ track }) => this.#came(track)
    this.#sound = pc.addTrack(track, new MediaStream([track]))
  }

  // Descriptions and candidates are taken one after the other, in the order in which they were said.
  hear(kind, body) {
    this.#queue = this.#queue.then(() => (kind === "description" ? this.#described(body) : this.#candidate(body))).catch((error) => console.warn("call:", error))
  }

  replace(track) {
    return this.#sound.replaceTrack(track)
  }

  share(track) {
    this.unshare()
    if (track) this.#screen = this.pc.addTrack(track, new MediaStream([track]))
  }

  unshare() {
    if (this.#screen) this.pc.removeTrack(this.#screen)
    this.#screen = null
  }

  async stats() {
    return [...(await this.pc.getStats()).values()]
  }

  close() {
    clearInterval(this.#timer)
    clearTimeout(this.#timer)
    this.pc.onconnectionstatechange = this.pc.onnegotiationneeded = this.pc.onicecandidate = this.pc.ontrack = null
    this.pc.close()
  }

  async #offer() {
    try {
      this.#making = true
      await this.pc.setLocalDescription()
      this.send("description", { description: this.pc.localDescription.toJSON() })
    } catch (error) {
      console.warn("call:", error)
    } finally {
      this.#making = false
    }
  }

  async #described({ description }) {
    const ready = !this.#making && (this.pc.signalingState === "stable" || this.#settling)
    this.#ignoring = description.type === "offer" && !ready && !this.polite
    if (this.#ignoring) return
    this.#settling = description.type === "answer"
    try {
      await this.pc.setRemoteDescription(description)
    } finally {
      this.#settling = false
    }
    if (description.type !== "offer") return
    await this.pc.setLocalDescription()
    this.send("description", { description: this.pc.localDescription.toJSON() })
  }

  async #candidate({ candidate }) {
    try {
      await this.pc.addIceCandidate(candidate)
    } catch (error) {
      if (!this.#ignoring) throw error
    }
  }

  #came(track) {
    if (track.kind === "audio") {
      this.stream = new MediaStream([track])
      this.dispatchEvent(new Event("sound"))
      return
    }
    const seen = (there) => {
      this.screen = there ? track : null
      this.dispatchEvent(new Event("screen"))
    }
    track.onmute = track.onended = () => seen(false)
    track.onunmute = () => seen(true)
    seen(!track.muted)
  }

  #moved() {
    const { connectionState: state } = this.pc
    clearTimeout(this.#timer)
    clearInterval(this.#timer)
    if (state === "connected") this.#tell("connected")
    if (state === "disconnected") this.#timer = setTimeout(() => this.#seek(), BLINK)
    if (state === "failed") this.#seek()
  }

  // Ways are looked for anew, with fresh passwords for the relay, until one is found.
  #seek() {
    this.#tell("lost")
    const again = async () => {
      try {
        this.pc.setConfiguration(await this.servers())
      } catch {
        // The server is away too: the old servers are asked once more.
      }
      if (this.pc.connectionState !== "connected" && this.pc.signalingState !== "closed") this.pc.restartIce()
    }
    again()
    clearInterval(this.#timer)
    this.#timer = setInterval(again, SEEK_EACH)
  }

  #tell(state) {
    if (state === this.state) return
    this.state = state
    this.dispatchEvent(new Event(state))
  }
}
