// <wall-board data-tiles="/desk/wall/tiles/" data-topics="queue-all wall-all"> keeps its tiles as they are on the
// server: when a topic changes, when a countdown turns, and each ten seconds, as much of a board passes with time.
// A tile that says the same stays where it is; numbers change without motion. Arrows go from tile to tile, Enter
// opens one, A assigns, and a full stop freezes the board. With data-awake the screen never sleeps.

import { Again } from "../../design/helpers/pace.js"
import { tell } from "../../design/tell.js"

const EACH = 10_000
const COUNTED = /(<(?:due-time|wall-since)[^>]*>)[^<]*/g
const PASSING = /value="\w+"|( role="timer")|( overdue="")/g
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
const TYPING = "textarea, select, input, [contenteditable]"

class WallBoard extends HTMLElement {
  #said = new Map()
  #timer
  #frozen = false
  #lock
  #again = new Again(() => this.#fetch(), { wait: 120, gap: 700 })
  #ask = this.#again.ask
  #key = (event) => this.#keyed(event)
  #wake = () => this.#stayAwake()

  connectedCallback() {
    for (const name of this.#events) document.body.addEventListener(name, this.#ask)
    this.addEventListener("due:turn", this.#ask)
    document.addEventListener("keydown", this.#key)
    document.querySelector("[data-freeze]")?.addEventListener("click", () => this.#freeze())
    this.#timer = setInterval(this.#ask, EACH)
    this.#remember()
    this.#rove(this.#tiles[0])
    if (this.hasAttribute("data-awake")) {
      document.addEventListener("visibilitychange", this.#wake)
      this.#stayAwake()
    }
  }

  disconnectedCallback() {
    for (const name of this.#events) document.body.removeEventListener(name, this.#ask)
    document.removeEventListener("keydown", this.#key)
    document.removeEventListener("visibilitychange", this.#wake)
    clearInterval(this.#timer)
    this.#again.stop()
  }

  get #events() {
    return [...this.dataset.topics.split(" ").map((topic) => `live:${topic}`), "desk:changed"]
  }

  get #tiles() {
    return [...this.querySelectorAll(".tile")]
  }

  #remember() {
    for (const tile of this.#tiles) this.#said.set(tile.id, lasting(tile))
  }

  // Where the server is away, the stream says so, and the next look comes by itself: none waits for ever.
  async #fetch() {
    if (this.#frozen) return
    const answer = await fetch(this.dataset.tiles, { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(EACH) })
    // Whoever may look no more is led to where they may again.
    if ([401, 403, 404].includes(answer.status)) return location.reload()
    const text = answer.ok ? await answer.text() : ""
    if (text && !this.#frozen) this.#take(text)
  }

  #take(text) {
    const template = document.createElement("template")
    template.innerHTML = text
    for (const fresh of template.content.querySelectorAll(".tile")) {
      const here = this.querySelector(`#${fresh.id}`)
      const said = lasting(fresh)
      if (!here || said === this.#said.get(fresh.id)) continue
      this.#said.set(fresh.id, said)
      this.#replace(here, fresh)
    }
  }

  // What is folded out stays so, and the focus stays where it was.
  #replace(here, fresh) {
    const open = [...here.querySelectorAll("details")].map((details) => details.open)
    const place = focusable(here).indexOf(document.activeElement)
    const hadFocus = here.contains(document.activeElement)
    fresh.tabIndex = here.tabIndex
    here.replaceWith(fresh)
    fresh.querySelectorAll("details").forEach((details, index) => (details.open = open[index] ?? false))
    window.htmx?.process(fresh)
    if (hadFocus) (focusable(fresh)[place] ?? fresh).focus({ preventScroll: true })
  }

  #keyed(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.closest?.(TYPING) || document.querySelector("dialog:modal")) return
    const tile = document.activeElement?.closest?.(".tile")
    if (event.key in STEPS) return this.#step(event, tile)
    if (event.key === "Enter" && tile && tile === document.activeElement) return tile.querySelector("[data-open]")?.click()
    if (document.body.dataset.singleKeys === "off") return
    if (event.key === "." && document.querySelector("[data-freeze]")) this.#freeze()
    if (event.key === "a") (document.activeElement?.closest?.(".wall-row") ?? tile ?? this).querySelector("[data-assign]")?.click()
  }

  #step(event, tile) {
    if (this.hasAttribute("data-awake") || event.target.closest?.(".table-scroll, dialog")) return
    const tiles = this.#tiles
    const next = tile ? tiles[tiles.indexOf(tile) + STEPS[event.key]] : tiles[0]
    event.preventDefault()
    if (next) this.#rove(next).focus()
  }

  #rove(tile) {
    for (const each of this.#tiles) each.tabIndex = each === tile && !this.hasAttribute("data-awake") ? 0 : -1
    return tile
  }

  #freeze() {
    this.#frozen = !this.#frozen
    this.toggleAttribute("data-is-frozen", this.#frozen)
    document.querySelector("[data-freeze]")?.setAttribute("aria-pressed", String(this.#frozen))
    tell(this.#frozen ? this.dataset.frozen : "")
    if (!this.#frozen) this.#ask()
  }

  async #stayAwake() {
    if (document.visibilityState !== "visible" || !navigator.wakeLock) return
    this.#lock = await navigator.wakeLock.request("screen").catch(() => undefined)
  }
}

// What a tile says, the same however time has passed.
const lasting = (tile) => tile.outerHTML.replace(COUNTED, "$1").replace(PASSING, "").replace(/ tabindex="-?\d"/, "")
const focusable = (tile) => [...tile.querySelectorAll("a, button, summary")]

customElements.define("wall-board", WallBoard)
