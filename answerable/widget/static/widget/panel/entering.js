// Who is here: the frame in their words, and what happens when they change.

import { clearNotice } from "./notices.js"
import { SessionOver } from "./calls.js"

export class Entering {
  isIn = false

  constructor(panel) {
    this.panel = panel
  }

  async begin() {
    const { calls, frame, sending, talking } = this.panel
    try {
      await calls.session()
    } catch {
      // Whoever is signed out, or cannot reach us, is told when they open the panel.
      return
    }
    sending.flush()
    this.panel.messages.flush()
    if (calls.person) this.panel.calling.look()
    if (calls.person) this.panel.extras.goOn().catch((error) => console.warn("support-desk:", error))
    if (frame.isOpen || !calls.person) return
    talking.follow(null)
    talking.news()
  }

  // Return whether somebody is in: else the panel says what to do.
  async fill() {
    const { calls, desk, frame } = this.panel
    try {
      const { html } = await calls.view("frame", { locale: desk.language })
      this.#put(html)
      return true
    } catch (error) {
      if (error instanceof SessionOver) return this.signedOut().catch(() => this.#away())
      return this.#away(frame)
    }
  }

  async signedOut() {
    this.#put(await this.panel.calls.withoutSession("signed-out"))
    this.isIn = false
    this.panel.pages.focus()
    return false
  }

  // The same person with another token goes on where they were; another one begins anew.
  async changed(isSignedOut) {
    const { calls, frame, sending } = this.panel
    const before = calls.person
    calls.forget()
    if (isSignedOut) await this.wipe()
    await calls.session().catch(() => (calls.person = ""))
    const isSame = before === calls.person && !isSignedOut
    this.isIn &&= isSame
    if (isSame) frame.body.querySelectorAll("form[data-send]").forEach(clearNotice)
    else if (frame.isOpen) await this.fill()
    sending.flush()
    this.panel.messages.flush()
  }

  async wipe() {
    const { desk, files, store } = this.panel
    this.panel.messages.drop()
    store.clear()
    await files.clear()
    sessionStorage.removeItem(`${desk.prefix}open`)
  }

  #put(html) {
    const { filling, frame, pages } = this.panel
    filling.drop()
    this.panel.words = { ...this.panel.words, ...frame.fill(html) }
    this.isIn = true
    pages.stack = [{ view: "ask", values: {}, title: pages.element.dataset.back }]
    this.panel.showed(pages.element)
    this.panel.waitsFor()
  }

  #away() {
    this.panel.frame.close()
    this.panel.desk.away()
    return false
  }
}
