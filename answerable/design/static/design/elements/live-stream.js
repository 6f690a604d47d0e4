// <live-stream src="/live/?topics=queue,ticket-7" data-after="123"> keeps one stream open for the page.
// Each event becomes `live:<topic>` on the body, for hx-trigger="live:ticket-7 from:body".
// A `beat` {now} sets the clock; a `resync` says that changes may have been missed, so every topic
// fetches itself. With whatever comes, `live:any` says that the stream lives. A lost stream is taken up again after the last event seen.

import { asking, hearOnStream, stillThere } from "../clock.js"

const AGAIN_AFTER = [1000, 2000, 5000]

class LiveStream extends HTMLElement {
  #source
  #after
  #tries = 0
  #retry
  #leave = () => this.#close()
  #return = (event) => event.persisted && this.#open()

  connectedCallback() {
    this.#after = this.dataset.after
    addEventListener("pagehide", this.#leave)
    addEventListener("pageshow", this.#return)
    this.#open()
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.#leave)
    removeEventListener("pageshow", this.#return)
    this.#close()
  }

  #open() {
    this.#close()
    asking()
    const source = new EventSource(this.#address())
    const heard = (event) => this.#heard(event)
    for (const name of ["beat", "change", "resync"]) source.addEventListener(name, heard)
    source.addEventListener("open", () => (this.#tries = 0))
    source.addEventListener("error", () => source.readyState === EventSource.CLOSED && this.#again())
    this.#source = source
  }

  #close() {
    clearTimeout(this.#retry)
    this.#source?.close()
    this.#source = undefined
  }

  // The browser resumes a broken stream by itself; one that the server refused, we ask for again.
  #again() {
    const wait = AGAIN_AFTER[Math.min(this.#tries++, AGAIN_AFTER.length - 1)]
    this.#retry = setTimeout(() => this.#open(), wait)
  }

  #address() {
    const address = new URL(this.getAttribute("src"), location.href)
    if (this.#after) address.searchParams.set("after", this.#after)
    return address
  }

  get #topics() {
    const { searchParams } = new URL(this.getAttribute("src"), location.href)
    return (searchParams.get("topics") ?? "").split(",").filter(Boolean)
  }

  #heard({ type, data, lastEventId }) {
    const detail = readJson(data)
    if (lastEventId) this.#after = lastEventId
    // Browsers slow the timers of hidden pages, and not what a stream brings.
    document.body.dispatchEvent(new CustomEvent("live:any"))
    if (Number.isFinite(detail.now)) hearOnStream(detail.now)
    else stillThere()
    if (type === "change") announce(detail.topic)
    if (type === "resync") this.#topics.forEach(announce)
  }
}

function announce(topic) {
  document.body.dispatchEvent(new CustomEvent(`live:${topic}`))
}

function readJson(text) {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

customElements.define("live-stream", LiveStream)
