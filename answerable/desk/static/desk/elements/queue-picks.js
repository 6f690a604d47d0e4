// <queue-picks data-bulk="/desk/q/all/bulk/" data-total="12"> knows which rows are selected, says how many, and
// what can be done to them. X selects, Shift with J or K extends, Ctrl or ⌘ with A takes all, Escape none.

import { plural } from "../../design/helpers/text.js"
import { commandOf } from "../keymap.js"
import { links } from "../rows.js"
import { say } from "../words.js"

const TYPING = "textarea, select, input:not([type=checkbox], [type=radio]), [contenteditable]"

class QueuePicks extends HTMLElement {
  #picked = new Set()
  #all = false
  #key = (event) => this.#keyed(event)
  #changed = () => this.#clear()
  #mark = () => this.#show()

  connectedCallback() {
    document.addEventListener("keydown", this.#key)
    document.body.addEventListener("desk:changed", this.#changed)
    document.addEventListener("queue:arranged", this.#mark)
    this.addEventListener("click", (event) => event.target.closest("[data-clear]") && this.#clear())
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#key)
    document.body.removeEventListener("desk:changed", this.#changed)
    document.removeEventListener("queue:arranged", this.#mark)
  }

  #keyed(event) {
    const place = event.target
    if (event.defaultPrevented || event.altKey || place.closest?.(TYPING) || document.querySelector("dialog:modal")) return
    const inList = place.closest?.("#queue, body") && !place.closest?.("#main, #side")
    const mod = event.ctrlKey || event.metaKey
    const act = mod ? inList && event.key === "a" && this.#pickAll : inList && this.#actOf(event)
    if (!act) return
    event.preventDefault()
    act.call(this, commandOf(event))
  }

  #actOf(event) {
    if (event.key === "Escape") return this.#picked.size || this.#all ? this.#clear : null
    if (document.body.dataset.singleKeys === "off") return null
    return { pick: this.#toggle, extend_down: this.#extend, extend_up: this.#extend }[commandOf(event)]
  }

  get #here() {
    const all = links()
    return all.find((link) => link === document.activeElement) ?? all.find((link) => link.tabIndex === 0)
  }

  #toggle() {
    const number = numberOf(this.#here)
    if (!number) return
    this.#all = false
    if (!this.#picked.delete(number)) this.#picked.add(number)
    this.#show()
  }

  #extend(command) {
    const all = links()
    const here = this.#here
    const next = all[all.indexOf(here) + (command === "extend_down" ? 1 : -1)] ?? here
    for (const link of [here, next]) if (link) this.#picked.add(numberOf(link))
    next?.focus()
    next?.closest("[role=row]").scrollIntoView({ block: "nearest" })
    this.#show()
  }

  #pickAll() {
    this.#all = true
    this.#show()
  }

  #clear() {
    this.#picked.clear()
    this.#all = false
    this.#show()
  }

  #show() {
    const count = this.#all ? Number(document.querySelector("[role=grid]").getAttribute("aria-rowcount")) : this.#picked.size
    const was = this.hidden
    this.hidden = !count
    this.dataset.count = count
    for (const link of links()) {
      const row = link.closest("[role=row]")
      const isPicked = this.#all || this.#picked.has(row.dataset.number)
      row.toggleAttribute("data-picked", isPicked)
      if (count || !was) row.setAttribute("aria-selected", String(isPicked || (!count && link.hasAttribute("aria-current"))))
    }
    const words = plural(say.picked, count, say.language).replace("{count}", count.toLocaleString(say.language))
    const place = this.querySelector(".picks-count")
    if (place.textContent !== words) place.textContent = words
    for (const link of this.querySelectorAll("[data-act]")) link.href = `${this.dataset.bulk}${link.dataset.act}/?${this.#which()}`
  }

  #which() {
    const query = document.querySelector("live-queue").dataset.query
    return this.#all ? `all=1${query ? `&${query}` : ""}` : `numbers=${[...this.#picked].join(",")}`
  }
}

const numberOf = (link) => link?.closest("[role=row]").dataset.number

customElements.define("queue-picks", QueuePicks)
