// The channels while their times are asked for, and where those do not come: the ways stay open.

import { made } from "./pieces.js"

// After this long somebody is told what they wait for; after that, the ways are shown without times.
const TOLD = 300
const LONGEST = 6_000

export class Checking {
  #times

  constructor(panel) {
    this.panel = panel
  }

  // Return how asking for a view is limited, and ended; only the channels are waited for in words.
  begin(view) {
    if (view !== "contact") return { options: {}, end: () => {} }
    const telling = setTimeout(() => this.#tell(), TOLD)
    return { options: { signal: AbortSignal.timeout(LONGEST) }, end: () => clearTimeout(telling) }
  }

  // The view of the channels without any time on it.
  without() {
    const { words } = this.panel
    const write = made("button", "button button--primary button--wide", words.write)
    const page = made("a", "button button--wide", words.other_page)
    Object.assign(write, { type: "button" }).dataset.go = "email"
    Object.assign(page, { href: words.contact_page, target: "_blank", rel: "noopener" })
    return this.#view(words.no_times, write, page)
  }

  // An estimate that cannot be asked for again is not shown any longer.
  drop(cards) {
    if (this.#times === cards) return
    this.#times = cards
    const { frame, words } = this.panel
    cards.querySelectorAll(".card [data-estimate]").forEach((line) => line.remove())
    cards.prepend(made("p", "notice", words.no_times))
    frame.say(words.no_times)
  }

  #tell() {
    const { frame, pages, filling, words } = this.panel
    filling.keepNow()
    frame.body.replaceChildren(this.#view(words.checking))
    frame.say(words.checking)
    pages.focus()
  }

  #view(says, ...ways) {
    const { words } = this.panel
    const view = made("section", "view")
    const back = made("button", "back")
    const title = Object.assign(document.createElement("h2"), { id: "view-title", tabIndex: -1, textContent: words.contact })
    Object.assign(view.dataset, { view: "contact", back: words.back })
    back.type = "button"
    back.dataset.do = "back"
    back.append(words.back)
    view.append(...(ways.length ? [back] : []), title, made("p", "says", says), ...ways)
    return view
  }
}
