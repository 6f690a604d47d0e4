// Records both voices as one sound, and uploads it every few seconds: what is uploaded is kept,
// whatever becomes of this page.

const PIECE = 3000
const AGAIN_AFTER = 1500

export class Recorder {
  #context = new AudioContext()
  #mixed = this.#context.createMediaStreamDestination()
  #sources = new Map()
  #pieces = []
  #number = 0
  #sending = false
  #recorder
  #over

  // `upload(number, piece, isLast)` sends a piece; a piece that could not be sent is sent again.
  constructor(upload) {
    this.upload = upload
  }

  // Mix a voice in, in the place of the one that had this name before.
  voice(name, stream) {
    const [track] = stream?.getAudioTracks() ?? []
    const before = this.#sources.get(name)
    if (!track || before?.track === track) return
    before?.source.disconnect()
    const source = new MediaStreamAudioSourceNode(this.#context, { mediaStream: stream })
    source.connect(this.#mixed)
    this.#sources.set(name, { track, source })
  }

  begin() {
    this.#context.resume().catch(() => {})
    this.#recorder = new MediaRecorder(this.#mixed.stream, { mimeType: "audio/webm;codecs=opus", audioBitsPerSecond: 32_000 })
    this.#recorder.addEventListener("dataavailable", ({ data }) => this.#add(data, this.#recorder.state === "inactive"))
    this.#recorder.start(PIECE)
  }

  // While a customer waits on the line nothing is recorded.
  rest(resting) {
    if (this.#recorder?.state === "recording" && resting) this.#recorder.pause()
    if (this.#recorder?.state === "paused" && !resting) this.#recorder.resume()
  }

  // Resolves when the last piece is uploaded.
  end() {
    this.#over ??= new Promise((resolve) => (this.done = resolve))
    if (this.#recorder?.state !== "inactive") this.#recorder.stop()
    return this.#over
  }

  #add(data, isLast) {
    if (data.size || isLast) this.#pieces.push({ number: this.#number++, data, isLast })
    this.#send()
  }

  async #send() {
    if (this.#sending) return
    this.#sending = true
    while (this.#pieces.length) {
      const { number, data, isLast } = this.#pieces[0]
      const taken = await this.upload(number, data, isLast).catch(() => false)
      if (taken) this.#pieces.shift()
      else await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER))
      if (taken && isLast) this.#finish()
    }
    this.#sending = false
  }

  #finish() {
    for (const { source } of this.#sources.values()) source.disconnect()
    this.#context.close().catch(() => {})
    this.done?.()
  }
}
