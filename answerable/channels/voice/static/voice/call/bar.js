// The bar of a call: what our server wrote of it, brought to life. It says in words how both sides are,
// and has a button for all that one may do now. `face` is the page around it: how it asks the server,
// uploads, says something to ears, and hears that the call has changed.

import { Devices } from "./devices.js"
import { Recording } from "./recording.js"
import { Sound } from "./sound.js"
import { talkTime } from "./quality.js"
import { Talk } from "./talk.js"

export class CallBar {
  #wrong = ""
  #timer = setInterval(() => this.#count(), 1000)
  #rung = false
  #leaving = () => this.talk.leave()

  constructor(element, face) {
    Object.assign(this, { element, face, words: JSON.parse(element.dataset.words) })
    const { call: key, side } = element.dataset
    this.sound = new Sound()
    this.talk = new Talk({ key, side, ask: face.ask, sound: this.sound })
    this.recording = new Recording(this)
    this.devices = new Devices(this)
    this.stop = face.listen(key, () => this.talk.line.exchange(), () => this.talk.line.beat())
    this.talk.addEventListener("changed", () => this.#show())
    this.talk.addEventListener("screen", () => this.#screen())
    this.talk.addEventListener("refused", () => face.say(this.words.no_screen))
    element.addEventListener("click", (event) => this.#pressed(event.target.closest("[data-call-do]")))
    addEventListener("pagehide", this.#leaving)
    this.#show()
  }

  part(name) {
    return this.element.querySelector(`[data-call-${name}]`)
  }

  // Open the microphone and take the call; what stands in the way is told, and can be put right.
  async join() {
    this.#wrong = "asking"
    this.sound.still()
    this.talk.say("state", { microphone: "asked" })
    this.#show()
    try {
      if (!navigator.mediaDevices) throw new DOMException("", "NotAllowedError")
      await this.sound.open()
      this.#wrong = ""
      await this.talk.join()
    } catch (error) {
      this.#wrong = error.name === "NotFoundError" ? "no_microphone" : "blocked"
      this.talk.say("state", { microphone: "blocked" })
      this.part("trouble").focus(this.#show())
    }
  }

  close() {
    clearInterval(this.#timer)
    removeEventListener("pagehide", this.#leaving)
    this.stop()
    this.talk.close()
    this.element.remove()
    this.face.closed?.()
  }

  get #stage() {
    const { facts, joined } = this.talk
    if (!facts) return "starting"
    if (facts.state === "ended") return "ended"
    if (this.#wrong) return this.#wrong === "asking" ? "asking" : "blocked"
    if (joined) return "talking"
    if (facts.elsewhere) return "elsewhere"
    return this.element.dataset.side === "contact" ? "ringing" : "starting"
  }

  // Whoever pressed "Call now", or had the call in this tab before, is in it at once.
  #begin(stage) {
    if (this.talk.joined || this.joining || !this.talk.facts || this.#wrong) return
    const here = this.talk.wasHere || (stage === "starting" && document.visibilityState === "visible")
    if (here && stage !== "ended") this.joining = this.join().finally(() => (this.joining = null))
    else if (stage === "ringing" && !this.#rung) this.sound.ring((this.#rung = true))
  }

  #show() {
    const { facts, muted, away, quality, asked } = this.talk
    const stage = this.#stage
    this.#begin(stage)
    if (stage !== "ringing") this.sound.still()
    for (const one of this.element.querySelectorAll("[data-when]")) one.hidden = !one.dataset.when.split(" ").includes(stage)
    if (!facts) return
    this.#text("state", away ? this.words.away : facts.words)
    this.#text("trouble", this.words[this.#wrong] ?? "")
    this.#text("beside", [facts.beside, muted && this.words.muted, quality !== "good" && this.words[quality]].filter(Boolean).join(" "))
    this.#press("mute", muted)
    this.#press("hold", facts.state === "held")
    this.#part("share", stage === "talking" && !asked)
    this.#press("share", Boolean(this.talk.sharing))
    this.#part("ask-screen", stage === "talking" && asked)
    this.recording.show(facts.recording, stage, facts.state)
    this.#count()
  }

  #part(name, shown) {
    this.part(name)?.toggleAttribute("hidden", !shown)
  }

  #press(name, on) {
    this.element.querySelector(`[data-call-do="${name}"]`)?.setAttribute("aria-pressed", String(on))
  }

  // What the eye sees change is said to ears too, once.
  #text(name, words) {
    const part = this.part(name)
    if (!part || part.textContent === words) return
    part.textContent = words
    if (words) this.face.say(words)
  }

  #count() {
    const since = Date.parse(this.talk.facts?.since)
    this.part("timer").textContent = since && this.talk.facts.state !== "ended" ? talkTime((Date.now() + this.talk.ahead - since) / 1000) : ""
  }

  #screen() {
    const [video, track] = [this.part("screen"), this.talk.peer?.screen]
    this.#part("screen", track)
    if (!video) return
    video.querySelector("video").srcObject = track ? new MediaStream([track]) : null
  }

  #pressed(button) {
    const act = button?.dataset.callDo
    const { talk } = this
    if (act === "answer" || act === "again" || act === "here") this.join()
    else if (act === "refuse") talk.say("refuse", { microphone: Boolean(this.#wrong) })
    else if (act === "mute") talk.mute(!talk.muted)
    else if (act === "hold") talk.say(talk.facts.state === "held" ? "resume" : "hold")
    else if (act === "share") talk.sharing ? talk.share(null) : this.#share()
    else if (act === "no-screen") talk.say("no_screen", {}, (talk.asked = false))
    else if (act === "ask-screen") this.face.say(this.words.screen_asked, talk.say("ask_screen"))
    else if (act === "end") talk.say("end", { microphone: Boolean(this.#wrong) })
    else if (act === "close") this.close()
    else if (act) this.recording.pressed(act) || this.devices.pressed(act)
  }

  // The browser itself asks which screen or window, and lets nobody choose for its owner.
  async #share() {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 8 } }).catch(() => null)
    if (stream) this.talk.share(stream)
    else this.face.say(this.words.not_shared)
  }
}
