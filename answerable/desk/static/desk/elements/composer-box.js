// <composer-box data-mode="reply" data-draft="…/draft/reply/"> is one box for one kind of text. It saves
// what is typed on the server within a second, and says when; its form sends, and nothing else does.
// Inside the box no key changes what it is: Escape leaves it, and the draft is kept.

import { showLost } from "../fetching.js"
import { remaining, seenFor } from "../helpers/writing.js"
import { Saver } from "../saver.js"
import { say } from "../words.js"
import { dataOf, putBeside, shownIn } from "../writing/beside.js"
import { Draft } from "../writing/draft.js"
import { comesFor, laidOut } from "../writing/coming.js"
import { problemOf, sayLost, sayUnsent, stopTooLong, unmark } from "../writing/problems.js"
import { closeTool, pressTool, use } from "../writing/tools.js"
import { Typing } from "../writing/typing.js"

class ComposerBox extends HTMLElement {
  #saver
  #draft
  #typing = new Typing(this)
  #sent = ""
  #was = ""
  #hide = () => this.#saver.flush()
  #follow = () => this.#pinSeen()

  connectedCallback() {
    this.#was = laidOut(this.#text)
    const { draft: address, version } = this.dataset
    const [place, data] = [this.querySelector(".draft-newer"), () => dataOf(this)]
    this.#draft = new Draft({ address, version, place, data, put: (merged) => this.#put(merged), lost: (to) => sayLost(this, to) })
    this.#saver = new Saver((text, keep) => this.#draft.save(text, keep), (state) => this.#say(state))
    this.addEventListener("input", (event) => event.target === this.#text && this.#typed(event.isTrusted))
    this.addEventListener("recipients:changed", () => this.#changed())
    this.addEventListener("click", (event) => this.#clicked(event))
    this.addEventListener("keydown", (event) => this.#keyed(event))
    this.addEventListener("submit", (event) => stopTooLong(this, event), true)
    this.addEventListener("htmx:confirm", (event) => this.#before(event))
    this.addEventListener("htmx:beforeOnLoad", (event) => showLost(event, problemOf(this)))
    this.addEventListener("desk:sent", ({ detail }) => detail.next && openNext(detail.next))
    this.addEventListener("htmx:afterRequest", (event) => this.#after(event.detail))
    this.closest("live-ticket")?.addEventListener("ticket:heard", this.#follow)
    for (const name of ["beforeunload", "pagehide"]) addEventListener(name, this.#hide)
    const { left } = this.#draft
    if (left) putBeside(this, left.beside).then(() => this.#put(() => left.text))
    if (comesFor(this.firstElementChild)) this.open()
  }

  disconnectedCallback() {
    for (const name of ["beforeunload", "pagehide"]) removeEventListener(name, this.#hide)
    this.#saver.flush()
  }

  get #text() {
    return this.querySelector("textarea")
  }

  #typed(byHand) {
    this.#pinSeen()
    this.#was = laidOut(this.#text)
    unmark(this, this.#text)
    this.#changed()
    if (byHand) this.#typing.typed(this.#text.value, performance.now())
  }

  #changed() {
    this.#draft.note(this.#text.value, shownIn(this))
    this.#saver.later(this.#text.value)
  }

  // What its writer had seen is what stood there when the writing began.
  #pinSeen() {
    const latest = this.closest("live-ticket")?.querySelector("#feed").dataset.last
    const seen = this.querySelector("input[name=seen]")
    if (seen && latest) seen.value = seenFor({ seen: seen.value, latest, wasEmpty: !this.#was.trim() })
  }

  #clicked(event) {
    if (use(this, event.target)) return
    if (event.target.closest("summary")?.parentElement === this.firstElementChild) {
      event.preventDefault()
      this.open()
    }
    if (event.target.closest("[data-leave]")) this.#leave()
  }

  open() {
    this.firstElementChild.open = true
    this.#text.focus()
  }

  keep() {
    return this.#saver.flush()
  }

  // A reply that was taken back is a draft again; what was typed meanwhile stays below it.
  takeBack(text) {
    this.#put((typed) => (typed.trim() && !text.includes(typed.trim()) ? `${text}\n\n${typed.trim()}` : text))
    this.open()
  }

  #put(merged) {
    this.#text.value = merged(this.#text.value)
    this.#text.dispatchEvent(new Event("input", { bubbles: true }))
  }

  #keyed(event) {
    if (pressTool(event)) return
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || document.querySelector("dialog:modal")) return
    event.preventDefault()
    if (!closeTool(event.target, this.#text)) this.#leave()
  }

  #leave() {
    this.firstElementChild.open = false
    this.querySelector(".box-draft").textContent = this.#text.value.trim() ? say.draft : ""
    this.querySelector("summary").focus({ preventScroll: true })
  }

  // A draft on its way is awaited: saved after the sending, it would come back.
  #before(event) {
    event.preventDefault()
    this.#sent = this.#text.value
    this.#draft.goes()
    this.#saver.settle().then(() => event.detail.issueRequest())
  }

  // An answer of 422 is shown like any other, but sent is only what was taken.
  #after({ elt, requestConfig, xhr }) {
    if (requestConfig?.verb !== "post" || !elt.matches("form.composer")) return
    if (xhr.status === 422) this.#text.ariaInvalid = String(!this.querySelector("newer-messages, .composer-ask"))
    sayUnsent(this, xhr.status)
    if (xhr.status < 200 || xhr.status > 299) return this.#changed()
    this.#draft.sent()
    this.querySelector("staged-acts")?.clear()
    const rest = remaining(this.#sent, this.#text.value)
    this.#put(() => rest)
    this.#was = rest
    if (!rest) this.#leave()
  }

  #say(words) {
    this.querySelector(".composer-saved").textContent = words
  }
}

const openNext = (address) => document.body.dispatchEvent(new CustomEvent("desk:open", { detail: { address } }))

customElements.define("composer-box", ComposerBox)
