// The panel: everything behind the launcher, put together.

import { Acts } from "./acts.js"
import { Asking } from "./asking.js"
import { Calling } from "./calling.js"
import { Calls, SessionOver } from "./calls.js"
import { Cards } from "./cards.js"
import { Checking } from "./checking.js"
import { Drafts } from "./drafts.js"
import { elements } from "./html.js"
import { Entering } from "./entering.js"
import { Extras } from "./extras.js"
import { FileBox } from "./filebox.js"
import { Filling } from "./filling.js"
import { Frame } from "./frame.js"
import { Messages } from "./messages.js"
import { Pages } from "./pages.js"
import { Sending } from "./sending.js"
import { Store } from "./store.js"
import { Tabs } from "./tabs.js"
import { Talking } from "./talking.js"

const sheet = new CSSStyleSheet()
sheet.replaceSync(PANEL_STYLE)

export class Panel {
  words = {}
  #told = false

  constructor(desk) {
    this.desk = desk
    desk.shadowRoot.adoptedStyleSheets.push(sheet)
    this.store = new Store(desk.prefix)
    this.files = new FileBox(desk.prefix)
    this.acts = new Acts(this)
    this.tabs = new Tabs(desk.prefix, (kind, about) => this.acts.heard(kind, about))
    const alone = (name, act) => this.tabs.alone(name, act)
    this.calls = new Calls(desk, this.store, alone, () => this.entering.wipe())
    this.drafts = new Drafts(this.store, this.calls)
    this.frame = new Frame(desk, this.acts)
    this.pages = new Pages(this)
    this.asking = new Asking(this)
    this.filling = new Filling(this)
    this.cards = new Cards(this)
    this.checking = new Checking(this)
    this.sending = new Sending(this)
    this.messages = new Messages(this)
    this.talking = new Talking(this)
    this.extras = new Extras(this)
    this.entering = new Entering(this)
    this.calling = new Calling(this)
    this.frame.dialog.addEventListener("click", (event) => this.acts.clicked(event))
    this.frame.dialog.addEventListener("submit", (event) => this.acts.submitted(event))
    this.entering.begin()
  }

  async open(view, { question, critical, quiet } = {}) {
    this.frame.open()
    const isNew = !this.entering.isIn
    if (isNew && !(await this.entering.fill())) return
    if (question !== undefined) this.drafts.question = question
    await this.#show(critical ? "email" : view, critical ? { critical: 1 } : {}, { isNew, quiet })
    this.pages.remember()
    this.talking.seen()
    this.desk.tell("open")
  }

  async #show(view, values, { isNew, quiet }) {
    const before = quiet ? this.pages.remembered() : []
    if (before.length > 1) this.pages.goOn(before)
    else if (view && view !== "ask") await this.pages.go(view, values)
    else if (this.drafts.question || (!isNew && this.pages.shown.view === "ask")) await this.pages.go("ask", {}, { replace: true, focus: !quiet })
    else if (!quiet) this.pages.focus()
  }

  minimise() {
    this.filling.keepNow()
    this.frame.close()
    this.pages.remember()
    this.desk.tell("close")
  }

  close() {
    this.minimise()
    this.pages.stack.length = Math.min(this.pages.stack.length, 1)
  }

  // Somebody has another token by now.
  changed(isSignedOut) {
    return this.entering.changed(isSignedOut)
  }

  elements(html) {
    return elements(html)
  }

  async part(name, values) {
    const { html } = await this.calls.view(name, values)
    return elements(html).firstElementChild
  }

  valuesFor(view, values) {
    const surface = { surface: this.desk.options.surface ?? "web" }
    if (view === "chat" && values.begin) return { ...values, ...surface, ...this.drafts.story(), body: this.drafts.question }
    if (view !== "email" && view !== "call") return { ...values, ...surface }
    const draft = this.drafts.of(view)?.values ?? {}
    return { ...draft, body: draft.body || this.drafts.question, ...values, ...surface }
  }

  showed(view) {
    for (const one of [this.asking, this.filling, this.messages, this.cards, this.extras]) one.show(view)
    this.talking.follow(view)
    if (view.dataset.view === "call") this.calling.look()
    this.drafts.read(view.dataset.version)
    if ("begun" in view.dataset) this.drafts.question = ""
    if (view.dataset.anchor) view.querySelector(`#${CSS.escape(view.dataset.anchor)}`)?.scrollIntoView()
    this.warnIfNotKept()
  }

  failed(error) {
    if (error instanceof SessionOver) this.entering.signedOut()
    else if (this.pages.element) this.frame.warn(this.words.failed)
    else this.desk.away()
  }

  warnIfNotKept() {
    if (this.#told || (this.store.isKept && this.files.isKept) || !this.words.in_memory) return
    this.#told = true
    this.frame.warn(this.words.in_memory)
  }

  // Pages that are opened later load the panel by themselves while something waits.
  waitsFor() {
    const queued = this.drafts.places().some((place) => this.drafts.of(place)?.state)
    if (queued || this.messages.waits || this.frame.body.querySelector("#open")) this.store.write("waits", 1)
    else if (this.frame.body.querySelector("[data-view=ask]")) this.store.remove("waits")
  }
}
