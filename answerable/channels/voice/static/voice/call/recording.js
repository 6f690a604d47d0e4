// Recording a call: the agent asks, the customer agrees, both see that it runs, and either ends it.

import { Recorder } from "./recorder.js"

export class Recording {
  #recorder = null
  #number = 0
  #was = ""

  constructor(bar) {
    this.bar = bar
    const { talk } = bar
    talk.addEventListener("sound", () => this.#recorder?.voice("other", talk.peer.stream))
    talk.addEventListener("changed", () => this.#recorder?.voice("own", talk.sound.track && new MediaStream([talk.sound.track])))
  }

  get #isAgent() {
    return this.bar.element.dataset.side === "agent"
  }

  show({ number, state }, stage, callState) {
    const talks = stage === "talking"
    this.#part("ask-recording", talks && state === "asked" && !this.#isAgent)
    this.#part("recording", talks && state === "on")
    this.#part("recording-asked", talks && state === "asked" && this.#isAgent)
    this.#part("record", talks && !state && callState === "connected")
    if (state === "on" && this.#was !== "on") this.bar.face.say(this.bar.words.recording)
    if (state === "" && this.#was) this.bar.face.say(this.bar.words[this.#was === "on" ? "recorded" : "not_recorded"])
    this.#was = state
    if (!this.#isAgent) return
    const runs = state === "on" && talks
    if (runs && !this.#recorder) this.#begin(number)
    if (!runs && this.#recorder) this.#end()
    this.#recorder?.rest(callState !== "connected")
  }

  pressed(act) {
    const says = { record: "ask_recording", allow: "allow_recording", "no-recording": "stop_recording", "stop-recording": "stop_recording" }[act]
    if (says) this.bar.talk.say(says)
    return Boolean(says)
  }

  #part(name, shown) {
    const part = this.bar.part(name)
    if (part) part.hidden = !shown
  }

  #begin(number) {
    const { talk, face } = this.bar
    if (this.#number === number || !talk.peer || !face.upload) return
    this.#number = number
    this.#recorder = new Recorder((piece, data, isLast) => face.upload(number, piece, data, isLast))
    this.#recorder.voice("own", new MediaStream([talk.sound.track]))
    this.#recorder.voice("other", talk.peer.stream)
    this.#recorder.begin()
  }

  #end() {
    this.#recorder.end()
    this.#recorder = null
  }
}
