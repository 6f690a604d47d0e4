// <label-list><form>…</form></label-list> narrows the labels to those that begin with, or have, what is typed.
// Enter chooses the first of them; with nothing typed it saves. What nobody has is made, where that is allowed.

import { fill, plural } from "../../design/helpers/text.js"
import { say } from "../words.js"

class LabelList extends HTMLElement {
  connectedCallback() {
    this.#box.addEventListener("input", () => this.#narrow())
    this.#box.addEventListener("keydown", (event) => event.key === "Enter" && !event.ctrlKey && !event.metaKey && this.#entered(event))
    this.#sort("")
  }

  get #box() {
    return this.querySelector("[data-find]")
  }

  get #rows() {
    return [...this.querySelectorAll(".label-choices .choice")]
  }

  #narrow() {
    const typed = this.#typed
    this.#sort(typed)
    const shown = this.#rows.filter((row) => !row.hidden).length
    this.querySelector("[data-count]").textContent = fill(plural(say.labels_found, shown, say.language), { count: shown })
  }

  get #typed() {
    return this.#box.value.trim().toLocaleLowerCase()
  }

  // Those that it has stand first, then those that begin with what is typed.
  #sort(typed) {
    const rank = (row) => (typed ? !nameOf(row).startsWith(typed) : !row.querySelector("input").checked)
    for (const row of this.#rows) row.hidden = !nameOf(row).includes(typed)
    const sorted = this.#rows.sort((one, other) => rank(one) - rank(other))
    this.querySelector(".label-choices").append(...sorted)
  }

  #entered(event) {
    const typed = this.#typed
    if (!typed) return
    const rows = this.#rows.filter((row) => !row.hidden)
    const same = rows.find((row) => nameOf(row) === typed)
    const chosen = same ?? (this.hasAttribute("data-may-make") && !rows.length ? undefined : rows[0])
    if (!chosen) return
    event.preventDefault()
    const box = chosen.querySelector("input")
    box.checked = !box.checked
    this.#box.value = ""
    this.#narrow()
  }
}

const nameOf = (row) => row.textContent.trim().toLocaleLowerCase()

customElements.define("label-list", LabelList)
