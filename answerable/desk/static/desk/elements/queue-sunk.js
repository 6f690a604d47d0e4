// <queue-sunk data-rows="/desk/q/waiting/rows/" data-view="all"><details>…</details></queue-sunk> is a group that sank below
// the queue: its count, and once it is opened its rows, which are kept as they are on the server. Whether it is
// open is kept for its reader.

import { Again, fetchPart } from "../fetching.js"
import { fold } from "../layout.js"
import { rove } from "../rows.js"

class QueueSunk extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 500, gap: 3000 })
  #change = () => this.#details.open && this.#again.ask()
  #counts = new MutationObserver(() => this.#count())

  connectedCallback() {
    document.body.addEventListener("live:queue-all", this.#change)
    document.body.addEventListener("desk:changed", this.#change)
    this.#details.addEventListener("toggle", () => this.#turned())
    this.#counts.observe(document.querySelector("view-counts"), { childList: true, subtree: true, characterData: true })
    if (this.#details.open) this.#again.now()
  }

  disconnectedCallback() {
    document.body.removeEventListener("live:queue-all", this.#change)
    document.body.removeEventListener("desk:changed", this.#change)
    this.#counts.disconnect()
    this.#again.stop()
  }

  get #details() {
    return this.querySelector("details")
  }

  #turned() {
    fold(this.dataset.fold, !this.#details.open)
    if (this.#details.open) this.#again.now()
    else this.querySelector(".queue-sunk-rows").replaceChildren()
  }

  #count() {
    const total = document.querySelector(`#queue-views a[href$="/q/${this.dataset.group}/"] .view-total`)?.textContent ?? ""
    const place = this.querySelector(".queue-sunk-count")
    if (place.textContent !== total) place.textContent = total
  }

  // What is in the queue above it is not shown twice; a row that has the focus keeps it.
  async #fetch() {
    const { part } = await fetchPart(this.dataset.rows)
    const place = this.querySelector(".queue-sunk-rows")
    const above = (row) => document.getElementById(row.id)?.closest(".queue-now, .queue-rest")
    const rows = [...part.querySelectorAll(".queue-rest [role=row]")].filter((row) => !above(row))
    const focused = place.contains(document.activeElement) ? document.activeElement.closest("[role=row]").id : ""
    for (const link of rows.map((row) => row.querySelector("a"))) link.href = link.pathname.replace(/\/q\/[\w-]+\//, `/q/${this.dataset.view}/`)
    place.replaceChildren(...rows)
    if (focused) document.getElementById(focused)?.querySelector("a").focus({ preventScroll: true })
    rove()
  }
}

customElements.define("queue-sunk", QueueSunk)
