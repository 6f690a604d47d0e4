// <queue-peek data-tickets="/desk/tickets/"> shows the row that has the focus at a glance, over the conversation:
// Space opens and closes it, and while it is open it follows the rows. The focus stays in the list, and nobody
// is told: the ticket is not opened.

import { whisper } from "../../design/tell.js"
import { fetchPart } from "../fetching.js"
import { commandOf } from "../keymap.js"

const SLOW = 300
const SETTLES = 60

class QueuePeek extends HTMLElement {
  #number
  #asked
  #timer
  #key = (event) => this.#keyed(event)
  #focus = ({ target }) => this.#follow(target)
  #click = ({ target }) => target.closest?.("a[data-pane]") && this.#shut()
  #open = () => this.#shut()

  connectedCallback() {
    document.addEventListener("keydown", this.#key)
    document.addEventListener("focusin", this.#focus)
    document.addEventListener("click", this.#click)
    document.body.addEventListener("desk:open", this.#open)
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#key)
    document.removeEventListener("focusin", this.#focus)
    document.removeEventListener("click", this.#click)
    document.body.removeEventListener("desk:open", this.#open)
  }

  #keyed(event) {
    const row = event.target.closest?.("#queue-rows [role=row][data-number]")
    if (event.defaultPrevented || !row || document.querySelector("dialog:modal")) return
    if (event.key === "Escape" && !this.hidden) this.#shut()
    else if (commandOf(event) === "peek" && document.body.dataset.singleKeys !== "off") this.#turn(row)
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  #turn(row) {
    if (this.hidden || this.#number !== row.dataset.number) this.#show(row.dataset.number)
    else this.#shut()
  }

  // It goes where the rows go, and away with the list.
  #follow(place) {
    if (this.hidden || place.closest?.("dialog")) return
    const row = place.closest?.("#queue-rows [role=row][data-number]")
    if (!row) return this.#shut()
    clearTimeout(this.#timer)
    if (row.dataset.number !== this.#number) this.#timer = setTimeout(() => this.#show(row.dataset.number), SETTLES)
    return undefined
  }

  async #show(number) {
    this.#asked?.abort()
    this.#asked = new AbortController()
    this.#number = number
    const body = this.querySelector(".peek-body")
    const slow = setTimeout(() => this.#wait(body), SLOW)
    try {
      const { part } = await fetchPart(`${this.dataset.tickets}${number}/peek/`, { signal: this.#asked.signal })
      body.replaceChildren(part)
      body.scrollTop = 0
      this.hidden = false
      whisper(body.textContent.trim().replace(/\s+/g, " ").slice(0, 400))
    } catch (error) {
      if (error.name !== "AbortError") this.#shut()
    } finally {
      clearTimeout(slow)
      this.ariaBusy = "false"
    }
  }

  #wait(body) {
    body.replaceChildren(document.getElementById("ticket-skeleton").cloneNode(true))
    body.firstElementChild.removeAttribute("id")
    body.firstElementChild.hidden = false
    this.ariaBusy = "true"
    this.hidden = false
  }

  #shut() {
    clearTimeout(this.#timer)
    this.#asked?.abort()
    this.hidden = true
    this.#number = undefined
  }
}

customElements.define("queue-peek", QueuePeek)
