// <live-queue data-rows="/desk/q/all/rows/"> keeps the list as it is on the server, in the background.
// Rows change where they stand; their order waits while somebody points at the list or has the focus in it.

import { Again, fetchPart } from "../fetching.js"
import { isHeld, movedInGroups, plan } from "../helpers/order.js"
import { become } from "../merging.js"
import { GROUPS, numbersIn, place, rowsIn } from "../placing.js"
import { markOpen, rove } from "../rows.js"
import { plural } from "../../design/helpers/text.js"
import { Windowed } from "../windowed.js"
import { say } from "../words.js"

const LOOK_EACH = 1000
const MOST = 60 // as many rows of each group are in the page at the most
const TOUCHES = ["pointermove", "keydown", "focusin", "wheel"]

class LiveQueue extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 150, gap: 340 })
  #fresh
  #moved = 0
  #touchedAt = -Infinity
  #timer
  #window
  #wanted = null

  connectedCallback() {
    document.body.addEventListener("live:queue-all", this.#again.ask)
    document.body.addEventListener("desk:changed", this.#again.now)
    this.addEventListener("due:turn", this.#again.ask)
    for (const type of TOUCHES) this.addEventListener(type, () => (this.#touchedAt = performance.now()), { passive: true })
    this.addEventListener("click", (event) => this.#clicked(event))
    this.#timer = setInterval(() => this.#moved && !this.#held && this.#arrange(), LOOK_EACH)
    this.#window = new Windowed(this, (skip) => this.#moveTo(skip))
    this.addEventListener("queue:end", ({ detail }) => detail.wait(this.#window.toEnd(detail.last)))
    rove()
  }

  disconnectedCallback() {
    document.body.removeEventListener("live:queue-all", this.#again.ask)
    document.body.removeEventListener("desk:changed", this.#again.now)
    clearInterval(this.#timer)
    this.#again.stop()
  }

  get #held() {
    return isHeld({
      pointed: this.querySelector("#queue-rows").matches(":hover"),
      focused: this.querySelector("#queue-rows").contains(document.activeElement),
      touchedAt: this.#touchedAt,
      now: performance.now(),
    })
  }

  #clicked(event) {
    const button = event.target.closest("button")
    if (button?.closest(".queue-moved")) this.#arrange({ held: false })
    if (button?.closest(".queue-failed")) this.#again.now()
  }

  // Other rows come into sight: they stand as they should, whatever was held.
  #moveTo(skip) {
    if (this.#wanted === skip) return null
    this.#wanted = skip
    return this.#fetch().finally(() => (this.#wanted = null))
  }

  get #address() {
    const have = Object.values(numbersIn(this)).flat()
    const open = document.querySelector("live-ticket")?.dataset.number ?? ""
    const from = this.#wanted ?? this.#window.skip
    return `${this.dataset.rows}?${this.dataset.query}&${new URLSearchParams({ from, open, have })}`
  }

  async #fetch() {
    const failed = this.querySelector(".queue-failed")
    try {
      const { part } = await fetchPart(this.#address)
      failed.hidden = true
      this.#take(part)
    } catch (error) {
      failed.hidden = false
      throw error
    }
  }

  #take(part) {
    const hasMoved = this.#window.skip !== Number(part.querySelector(".queue-rest").dataset.skip)
    this.#window.take(part)
    const extra = part.querySelector(".queue-extra")?.content ?? document.createDocumentFragment()
    const rows = new Map([...rowsIn(part), ...rowsIn(extra)].map((row) => [row.dataset.number, row]))
    for (const row of this.querySelectorAll(":is(.queue-now, .queue-rest) > [role=row]")) {
      const fresh = rows.get(row.dataset.number)
      if (fresh && fresh.dataset.print !== row.dataset.print) become(row, fresh)
    }
    this.#fresh = { rows, groups: numbersIn(part) }
    this.#say(part)
    this.#arrange(hasMoved ? { held: false } : {})
  }

  #say(part) {
    const fresh = part.querySelector("#queue-rows")
    document.getElementById("queue-total").textContent = fresh.dataset.total
    this.querySelector("[role=grid]").setAttribute("aria-rowcount", part.querySelector("[role=grid]").getAttribute("aria-rowcount"))
    const [end, freshEnd] = [this.querySelector("#queue-end"), part.querySelector("#queue-end")]
    if (end.dataset.print !== freshEnd.dataset.print) end.replaceWith(freshEnd)
  }

  #arrange({ held = this.#held } = {}) {
    const shown = numbersIn(this)
    const before = this.#moved
    this.#moved = held ? movedInGroups(shown, this.#fresh.groups) : 0
    const focused = document.activeElement?.closest?.("#queue-rows a.queue-row")
    const height = focused?.getBoundingClientRect().top
    const elsewhere = new Set(held ? Object.values(shown).flat() : [])
    for (const [group, selector] of Object.entries(GROUPS)) {
      const fresh = this.#fresh.groups[group].filter((number) => shown[group].includes(number) || !elsewhere.has(number))
      const { order } = plan(shown[group], fresh, { held })
      place(this.querySelector(selector), order.slice(0, Math.max(shown[group].length, MOST)), this.#fresh.rows)
    }
    if (focused?.isConnected) this.#keep(focused, height)
    const count = this.querySelector(".queue-now-count")
    if (count) count.textContent = rowsIn(this.querySelector(GROUPS.now)).length || ""
    this.#window.fit()
    this.#tell(before)
    rove()
    document.dispatchEvent(new Event("queue:arranged"))
    markOpen(document.querySelector("live-ticket")?.dataset.number)
  }

  #keep(focused, height) {
    if (document.activeElement !== focused) focused.focus({ preventScroll: true })
    const scroller = focused.closest(".queue-now, #queue-rows")
    scroller.scrollTop += focused.getBoundingClientRect().top - height
  }

  #tell(before) {
    const bar = this.querySelector(".queue-moved")
    const text = this.#moved ? plural(say.moved, this.#moved, say.language).replace("{count}", this.#moved) : ""
    bar.hidden = !this.#moved
    bar.querySelector("span").textContent = text
    if (this.#moved && !before) document.getElementById("status").innerHTML = `<span class="unseen">${text} ${say.update_order}</span>`
  }
}

customElements.define("live-queue", LiveQueue)
