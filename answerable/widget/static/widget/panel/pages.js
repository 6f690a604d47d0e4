// Which view is shown, and which lie behind it. Each is fetched when it is gone to.

import { SessionOver } from "./calls.js"
import { elements } from "./html.js"

export class Pages {
  stack = []
  #asked = 0

  constructor(panel) {
    this.panel = panel
  }

  get shown() {
    return this.stack.at(-1)
  }

  get element() {
    return this.panel.frame.body.querySelector(".view")
  }

  // Go to a view; what is shown now lies behind it. `focus: false` leaves the focus where it is.
  async go(view, values = {}, how = {}) {
    const next = { view, values }
    const asked = ++this.#asked
    const { body } = this.panel.frame
    body.setAttribute("aria-busy", "true")
    const { options, end } = this.panel.checking.begin(view)
    try {
      const { html } = await this.panel.calls.view(view, this.panel.valuesFor(view, values), options)
      if (asked === this.#asked) this.#arrive(elements(html), next, how)
    } catch (error) {
      if (asked !== this.#asked) return
      if (view !== "contact" || error instanceof SessionOver) this.panel.failed(error)
      else this.#arrive(this.panel.checking.without(), next, how)
    } finally {
      end()
      body.removeAttribute("aria-busy")
    }
  }

  #arrive(parts, next, how) {
    if (how.replace || this.#isShown(next)) this.stack.splice(-1, 1, next)
    else this.stack.push(next)
    this.#place(parts, how)
  }

  back() {
    if (this.stack.length < 2) return false
    this.stack.pop()
    const { view, values } = this.shown
    this.go(view, values, { replace: true })
    return true
  }

  put(html, how = {}) {
    this.#place(elements(html), how)
  }

  #place(parts, how) {
    const view = parts.matches?.(".view") ? parts : (parts.querySelector(".view") ?? parts.firstElementChild)
    this.panel.filling.keepNow()
    this.panel.frame.status.textContent = ""
    this.panel.frame.body.replaceChildren(view)
    this.panel.frame.body.scrollTop = 0
    this.shown.title = view.dataset.back
    if (view.dataset.key) this.#name()
    this.#nameWayBack(view)
    this.panel.showed(view)
    if (how.focus !== false) this.focus()
    this.remember()
  }

  // What was sent takes the place of its form, and of the way there.
  arrive(html, view) {
    this.stack = [{ view: "ask", values: {}, title: this.stack[0].title }, { view, values: {} }]
    this.put(html)
    this.#name()
    this.remember()
  }

  // What is shown may be otherwise by now; whoever writes in it is not disturbed.
  goAgain() {
    if (this.element.matches(":focus-within")) return
    this.go(this.shown.view, this.shown.values, { replace: true, focus: false })
  }

  goOn(before) {
    this.stack = before.slice(0, -1)
    const { view, values } = before.at(-1)
    this.go(view, values, { focus: false })
  }

  focus() {
    const view = this.element
    const wrong = view.querySelector("#problem")
    const field = view.dataset.focus && view.querySelector(view.dataset.focus)
    const target = wrong ?? (field || view.querySelector("h2"))
    wrong?.setAttribute("tabindex", "-1")
    target?.focus()
  }

  // The page may be left at any time; the next one goes on where this one was.
  remember() {
    try {
      const name = `${this.panel.desk.prefix}open`
      const seen = this.stack.map(({ view, values, title }) => ({ view, values, title }))
      if (this.panel.frame.isOpen) sessionStorage.setItem(name, JSON.stringify(seen))
      else sessionStorage.removeItem(name)
    } catch {
      // A browser that keeps nothing begins anew on each page.
    }
  }

  remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(`${this.panel.desk.prefix}open`)) ?? []
    } catch {
      return []
    }
  }

  // A view is gone back to by what it came to be about, not by what led to it.
  #name() {
    const { key, number } = this.element.dataset
    this.shown.values = key && this.shown.view === "chat" ? { key } : { number }
  }

  #isShown({ view, values }) {
    return this.shown?.view === view && String(this.shown.values.number) === String(values.number)
  }

  #nameWayBack(view) {
    const before = this.stack.at(-2)
    const button = view.querySelector("[data-do=back]")
    if (!button) return
    button.hidden = !before
    if (before?.title) button.querySelector("span").textContent = before.title
  }
}
