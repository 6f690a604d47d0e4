// <chat-list data-rows="/desk/chats/rows/"> is the column of chats: it is fetched again when one of them
// changes, and opens a chat beside itself. C leads to the one that has waited longest.

import { tell } from "../../design/tell.js"
import { Again, fetchPart } from "../fetching.js"
import { replacePart } from "../merging.js"

const STAY = new Set([404, 503])
const STEPS = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }
const TYPING = "textarea, select, input:not([type=checkbox], [type=radio]), [contenteditable]"

class ChatList extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 40, gap: 600 })
  #slow = new Again(() => this.#fetch(), { wait: 400, gap: 3000 })
  #waiting
  #topics = []
  #click = (event) => this.#clicked(event)
  #key = (event) => this.#keyed(event)
  #back = () => this.#returned()

  connectedCallback() {
    document.body.addEventListener("live:queue-all", this.#slow.ask)
    document.body.addEventListener("desk:changed", this.#again.now)
    document.body.addEventListener("chat:kept", this.#slow.ask)
    document.addEventListener("click", this.#click)
    document.addEventListener("keydown", this.#key)
    addEventListener("popstate", this.#back)
    this.#follow(this.#rows.dataset.topics)
  }

  disconnectedCallback() {
    document.body.removeEventListener("live:queue-all", this.#slow.ask)
    document.body.removeEventListener("desk:changed", this.#again.now)
    document.body.removeEventListener("chat:kept", this.#slow.ask)
    document.removeEventListener("click", this.#click)
    document.removeEventListener("keydown", this.#key)
    removeEventListener("popstate", this.#back)
    this.#follow("")
    this.#again.stop()
    this.#slow.stop()
  }

  get #rows() {
    return this.querySelector("#chats-rows")
  }

  get #open() {
    return document.querySelector("desk-chat")?.dataset.key ?? ""
  }

  async #fetch() {
    const { part } = await fetchPart(`${this.dataset.rows}?${new URLSearchParams({ open: this.#open })}`)
    const fresh = part.querySelector("#chats-rows")
    if (fresh.dataset.print === this.#rows.dataset.print) return
    replacePart(this.#rows, fresh)
    document.dispatchEvent(new Event("chats:shown"))
    this.#follow(fresh.dataset.topics)
  }

  // The page listens to the tickets and accounts of its rows: with others in the column, its stream begins anew, at the
  // number that the column was first read at, so that nothing falls between the two.
  #follow(topics = "") {
    const wanted = topics.split(",").filter(Boolean)
    for (const topic of this.#topics) document.body.removeEventListener(`live:${topic}`, this.#again.ask)
    for (const topic of wanted) document.body.addEventListener(`live:${topic}`, this.#again.ask)
    const added = wanted.some((topic) => !this.#topics.includes(topic))
    if (this.#topics.length && added) this.#listen(wanted)
    this.#topics = wanted
  }

  #listen(topics) {
    const stream = this.querySelector("live-stream")
    const address = new URL(stream.getAttribute("src"), location.href)
    const kept = address.searchParams.get("topics").split(",").filter((topic) => !/^(ticket|account)-/.test(topic))
    address.searchParams.set("topics", [...kept, ...topics].join(","))
    const next = stream.cloneNode()
    next.setAttribute("src", address.pathname + address.search)
    stream.replaceWith(next)
  }

  #clicked(event) {
    if (event.target.closest?.("[data-shut]")) document.querySelector("pane-button[for=side] button")?.click()
    const link = event.target.closest?.("a[data-chat]")
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    this.#go(link.pathname)
  }

  async #go(path, { remember = true } = {}) {
    this.#waiting?.abort()
    this.#waiting = new AbortController()
    const isNext = path.endsWith("/next/")
    try {
      await document.querySelector("chat-box")?.keep()
      const address = isNext ? `${path}?after=${this.#open}` : `${path}pane/`
      const found = await fetchPart(address, { signal: this.#waiting.signal })
      this.#show(found.part)
      if (remember) history.pushState({}, "", new URL(found.address).pathname.replace(/pane\/$/, ""))
      this.#again.now()
    } catch (error) {
      if (error.name === "AbortError") return
      if (STAY.has(error.status) && error.message !== String(error.status)) tell(error.message)
      else location.assign(path)
    }
  }

  #show(part) {
    const [main, side] = [document.getElementById("main"), document.getElementById("side")]
    main.replaceChildren(...part.querySelector("[data-pane-main]").childNodes)
    document.getElementById("side-body").replaceChildren(...part.querySelector("[data-pane-side]").childNodes)
    side.hidden = false
    side.removeAttribute("data-open")
    document.querySelector(".desk").classList.remove("desk--list", "desk--list-first")
    window.htmx?.process(main)
    const chat = main.querySelector("desk-chat")
    document.title = chat.dataset.title
    for (const row of this.querySelectorAll("[data-chat-key]")) row.toggleAttribute("aria-current", row.dataset.chatKey === chat.dataset.key)
    const box = chat.querySelector("chat-box")
    const first = box.hidden ? main.querySelector("#ticket-title") : box.querySelector("textarea")
    first.focus({ preventScroll: true })
  }

  #returned() {
    if (/^\/desk\/chats\/[^/]+\/$/.test(location.pathname)) this.#go(location.pathname, { remember: false })
    else location.reload()
  }

  #keyed(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const place = event.target
    if (!(event.key in STEPS) || place.closest?.(TYPING) || document.querySelector("dialog:modal")) return
    const isLetter = event.key.length === 1
    if (isLetter ? document.body.dataset.singleKeys === "off" : !this.contains(place)) return
    event.preventDefault()
    const all = [...this.querySelectorAll("a.chat-row")]
    const here = all.indexOf(document.activeElement)
    const from = here >= 0 ? here : all.findIndex((row) => row.hasAttribute("aria-current"))
    all[Math.min(Math.max(from + STEPS[event.key], 0), all.length - 1)]?.focus()
  }
}

customElements.define("chat-list", ChatList)
