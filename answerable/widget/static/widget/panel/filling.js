// Forms: what was typed is kept as it is typed, and comes back; what is chosen says its promise.

import { Chosen } from "./chosen.js"
import { fillIn, valuesOf } from "./drafts.js"
import { detailsOf, showDetails } from "./technical.js"

const KEEPING_PAUSE = 150
const DECIDES = ["critical", "severity", "language", "product", "environment"]

export class Filling {
  #timers = new Map()
  #hint

  constructor(panel) {
    this.panel = panel
    addEventListener("pagehide", () => this.keepNow())
  }

  show(view) {
    for (const form of view.querySelectorAll("form[data-draft]")) this.#begin(form)
  }

  form(place) {
    return this.panel.frame.body.querySelector(`form[data-draft="${CSS.escape(place)}"]`)
  }

  filesOf(place) {
    return `${this.panel.calls.person}:${place}`
  }

  // Fill a form in again from what is kept, as another tab may have left it.
  restore(form) {
    const draft = this.panel.drafts.of(form.dataset.draft)
    if (draft) fillIn(form, draft.values)
    this.#showWhatIsAsked(form)
  }

  keepNow() {
    for (const form of this.panel.frame.body.querySelectorAll("form[data-draft]")) {
      if (this.#timers.has(form)) this.#keep(form)
    }
  }

  // What waits to be kept is another person's by now.
  drop() {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  draftOf(form) {
    const { draft, send } = form.dataset
    return { ...this.panel.drafts.of(draft), values: valuesOf(form), to: send }
  }

  #begin(form) {
    const place = form.dataset.draft
    form.person = this.panel.calls.person
    this.restore(form)
    form.chosen = new Chosen(this.panel, form, this.filesOf(place))
    showDetails(form.querySelector("[data-technical]"), detailsOf(this.panel.desk, this.panel.words))
    form.addEventListener("input", () => this.#later(form))
    form.addEventListener("change", (event) => this.#changed(form, event.target))
    if (this.panel.drafts.of(place)?.state === "queued" && !navigator.onLine) this.panel.sending.sayOffline(form)
  }

  #later(form) {
    clearTimeout(this.#timers.get(form))
    this.#timers.set(form, setTimeout(() => this.#keep(form), KEEPING_PAUSE))
    if (form.elements.critical?.checked) this.#hintLater(form)
  }

  #keep(form) {
    clearTimeout(this.#timers.get(form))
    this.#timers.delete(form)
    // A form that is taken away says once more that it changed: by then another person may be here.
    if (!form.isConnected || form.person !== this.panel.calls.person) return
    const draft = this.draftOf(form)
    // What was changed while it waits for the line is sent as it is by then.
    if (draft.state !== "queued") draft.state = ""
    this.panel.drafts.keep(form.dataset.draft, draft)
    this.panel.warnIfNotKept()
  }

  #changed(form, field) {
    this.#keep(form)
    this.#showWhatIsAsked(form)
    if (DECIDES.includes(field.name)) this.#promise(form, true)
  }

  #hintLater(form) {
    clearTimeout(this.#hint)
    this.#hint = setTimeout(() => this.#promise(form, false), 600)
  }

  async #promise(form, isSaid) {
    const values = this.panel.valuesFor("promise", valuesOf(form))
    const part = await this.panel.part("promise", values).catch(() => null)
    const old = form.parentElement?.querySelector("#promise")
    if (!part || !old) return
    old.replaceWith(part)
    if (isSaid) this.panel.frame.say(part.textContent.trim().replace(/\s+/g, " "))
  }

  // Names the form for the style sheet, which shows what belongs to what is chosen.
  #showWhatIsAsked(form) {
    const critical = form.elements.critical
    const more = form.querySelector(".critical-more")
    if (critical && more) {
      critical.setAttribute("aria-expanded", String(critical.checked))
      more.hidden = !critical.checked
      form.querySelector(".critical-words").hidden = form.elements.impact?.value !== "other"
    }
    const time = form.querySelector(".call-time")
    if (time) time.hidden = form.elements.when?.value !== "later"
    for (const level of form.querySelectorAll(".severity")) {
      const needs = level.querySelector(".severity-needs")
      if (needs) needs.hidden = !level.querySelector("input[name=severity]").checked
    }
  }
}
