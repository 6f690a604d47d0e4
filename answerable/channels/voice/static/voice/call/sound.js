// The microphone and the loudspeaker of this page, and the sound of ringing.

const KEPT = "call-devices"
const RING_EACH = 3000

export class Sound {
  track = null
  #heard = new Audio()
  #ringing
  #context
  #chosen = remembered()

  constructor() {
    this.#heard.autoplay = true
  }

  // Open the microphone. Raises what getUserMedia raises: NotAllowedError, NotFoundError, …
  async open(device = this.#chosen.microphone) {
    const wish = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
    const ask = (more) => navigator.mediaDevices.getUserMedia({ audio: { ...wish, ...more } })
    // One that was chosen before may not be plugged in today.
    const stream = await (device ? ask({ deviceId: { exact: device } }).catch((error) => (error.name === "OverconstrainedError" ? ask({}) : Promise.reject(error))) : ask({}))
    const before = this.track
    this.track = stream.getAudioTracks()[0]
    if (before) this.track.enabled = before.enabled
    before?.stop()
    return this.track
  }

  async devices() {
    const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? []
    const of = (kind) => all.filter((one) => one.kind === kind && one.deviceId)
    return { microphones: of("audioinput"), speakers: "setSinkId" in this.#heard ? of("audiooutput") : [] }
  }

  get chosen() {
    return this.#chosen
  }

  choose(changes) {
    Object.assign(this.#chosen, changes)
    keep(this.#chosen)
    if (changes.speaker !== undefined) this.#heard.setSinkId?.(changes.speaker).catch(() => {})
  }

  play(stream) {
    this.#heard.srcObject = stream
    if (this.#chosen.speaker) this.#heard.setSinkId?.(this.#chosen.speaker).catch(() => {})
    return this.#heard.play().catch(() => {})
  }

  hush(quiet) {
    this.#heard.muted = quiet
  }

  ring() {
    this.#ringing ??= setInterval(() => this.chime(), RING_EACH)
    this.chime()
  }

  still() {
    clearInterval(this.#ringing)
    this.#ringing = undefined
  }

  // Two soft tones. A page that nobody touched yet may make no sound: then nothing is heard.
  chime() {
    const context = (this.#context ??= new AudioContext())
    context.resume().catch(() => {})
    for (const [at, tone] of [[0, 660], [0.25, 880]]) {
      const [wave, loud] = [new OscillatorNode(context, { frequency: tone }), new GainNode(context, { gain: 0 })]
      const begins = context.currentTime + at
      loud.gain.setTargetAtTime(0.12, begins, 0.02)
      loud.gain.setTargetAtTime(0, begins + 0.18, 0.06)
      wave.connect(loud).connect(context.destination)
      wave.start(begins)
      wave.stop(begins + 0.6)
    }
  }

  // Call `show` with how loud the microphone is, from 0 to 1, until what is returned is called.
  meter(show) {
    const context = (this.#context ??= new AudioContext())
    context.resume().catch(() => {})
    const looks = new AnalyserNode(context, { fftSize: 512 })
    const source = new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([this.track]) })
    source.connect(looks)
    const samples = new Float32Array(looks.fftSize)
    const timer = setInterval(() => {
      looks.getFloatTimeDomainData(samples)
      show(Math.min(1, 3 * Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length)))
    }, 100)
    return () => {
      clearInterval(timer)
      source.disconnect()
    }
  }

  close() {
    this.still()
    this.track?.stop()
    this.track = null
    this.#heard.srcObject = null
    this.#context?.close().catch(() => {})
    this.#context = undefined
  }
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {}
  } catch {
    return {}
  }
}

function keep(chosen) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(chosen))
  } catch {
    // A browser that keeps nothing asks for the devices again next time.
  }
}
