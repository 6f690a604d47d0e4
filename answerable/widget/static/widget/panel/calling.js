// Calls in the panel: the bar of one stands above every view, and its script is fetched when it rings.

import { elements } from "./html.js"
import { events } from "./stream.js"

const LOOK_EACH = 20_000

export class Calling {
  #bar = null
  #looking = false
  #waits = false
  #asked = -Infinity
  #timer

  constructor(panel) {
    this.panel = panel
  }

  // A panel that looks again and again while its person waits for a call is one that can be called.
  async look() {
    if (this.#looking || !this.panel.calls.person) return
    this.#looking = true
    this.#asked = performance.now()
    clearTimeout(this.#timer)
    const part = await this.panel.part("ringing").catch(() => null)
    const waits = part?.dataset.waits
    this.#waits = Boolean(waits || !part)
    if (waits) this.panel.store.write("waits", 1)
    if (waits || !part) this.#timer = setTimeout(() => this.look(), LOOK_EACH)
    const fresh = part?.querySelector("[data-call]")
    if (fresh && fresh.dataset.call !== this.#bar?.element.dataset.call) await this.#show(fresh, part.dataset.script).catch((error) => console.warn("support-desk:", error))
    this.#looking = false
  }

  // The stream has beaten: browsers slow the timers of hidden pages, and not what a stream brings.
  beat() {
    if (this.#waits && performance.now() - this.#asked >= LOOK_EACH) this.look()
  }

  async #show(fresh, script) {
    const { desk, frame } = this.panel
    const { CallBar, CALL_STYLE } = await import(new URL(script, desk.home))
    if (!this.#bar) {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(CALL_STYLE)
      desk.shadowRoot.adoptedStyleSheets.push(sheet)
    }
    this.#bar?.close()
    if (!frame.isOpen) await desk.open("", { quiet: true })
    frame.body.before(fresh)
    this.#bar = new CallBar(fresh, this.#face(fresh.dataset.call))
  }

  #face(key) {
    const { calls, frame } = this.panel
    return {
      say: (words) => frame.say(words),
      ask: async (values, options) => {
        const { status, html } = await calls.view("talk", { ...values, key }, options)
        if (status !== 200) throw new Error(`call: ${status}`)
        return JSON.parse(html)
      },
      listen: (_, changed, beat) => this.#listen(key, changed, beat),
      closed: () => this.panel.pages.goAgain(),
    }
  }

  #listen(key, changed, beat) {
    const ending = new AbortController()
    const follow = async (after = "") => {
      while (!ending.signal.aborted) {
        try {
          const answer = await this.panel.calls.stream([`call-${key}`], after, ending.signal)
          if (answer.status === 404) return
          for await (const event of events(answer.body)) {
            after = event.id ?? after
            if (event.event === "beat") beat()
            else changed()
          }
        } catch {
          // The line is down; the bar asks by itself meanwhile.
        }
        await new Promise((resolve) => setTimeout(resolve, 1000))
      }
    }
    follow()
    return () => ending.abort()
  }
}
