// The microphone and the loudspeaker are chosen and tried, before a call and in it.

export class Devices {
  #stop = null

  constructor(bar) {
    this.bar = bar
    this.place = bar.part("devices")
    this.place?.addEventListener("toggle", () => (this.place.open ? this.#open() : this.#shut()))
    this.place?.addEventListener("change", (event) => this.#chosen(event.target))
    navigator.mediaDevices?.addEventListener?.("devicechange", () => this.place?.open && this.#list())
  }

  pressed(act) {
    if (act === "chime") this.bar.sound.chime()
    return act === "chime"
  }

  get #lists() {
    return { microphone: this.place.querySelector("[name=microphone]"), speaker: this.place.querySelector("[name=speaker]") }
  }

  // The names of devices are known only while the microphone is open.
  async #open() {
    try {
      if (!this.bar.sound.track) await this.bar.sound.open()
    } catch {
      this.bar.part("meter-words").textContent = this.bar.words.blocked
      return
    }
    await this.#list()
    this.#measure()
  }

  #shut() {
    this.#stop?.()
    this.#stop = null
    if (this.bar.talk.joined) return
    this.bar.sound.track?.stop()
    this.bar.sound.track = null
  }

  async #list() {
    const { microphones, speakers } = await this.bar.sound.devices()
    const { chosen } = this.bar.sound
    const { microphone, speaker } = this.#lists
    fill(microphone, microphones, chosen.microphone)
    fill(speaker, speakers, chosen.speaker)
    speaker.closest("label").hidden = !speakers.length
  }

  async #chosen({ name, value }) {
    this.bar.sound.choose({ [name]: value })
    if (name === "speaker") return this.bar.sound.chime()
    await this.bar.talk.microphone(value).catch(() => {})
    this.#measure()
  }

  // The meter moves while one speaks; once it was loud enough, words say so.
  #measure() {
    this.#stop?.()
    const [meter, words] = [this.bar.part("meter"), this.bar.part("meter-words")]
    words.textContent = this.bar.words.speak
    this.#stop = this.bar.sound.meter((loud) => {
      meter.value = loud
      if (loud > 0.05) words.textContent = this.bar.words.heard
    })
  }
}

function fill(list, devices, chosen) {
  list.replaceChildren(...devices.map(({ deviceId, label }, at) => new Option(label || `${at + 1}`, deviceId, false, deviceId === chosen)))
}
