// <desk-panes> opens tickets beside the queue: the list stays as it stands, the
// address changes, and what was typed on the ticket before is saved as it leaves.

import { left, taken } from "../ahead.js"
import { tell } from "../../design/tell.js"
import { fetchPart } from "../fetching.js"
import { linkOf, markOpen } from "../rows.js"

const TICKET = /^\/desk\/(?:q\/(?<view>[\w-]+)|tickets)\/(?<number>\d+)\/$/

const STAY = new Set([404, 503])
// A wait that is shorter shows nothing: what stood there stays.
const SLOW = 300

class DeskPanes extends HTMLElement {
  #waiting
  #click = (event) => this.#clicked(event)
  #open = ({ detail }) => this.#go(detail.address, { focus: detail.focus })
  #back = () => this.#returned()
  #key = (event) => event.key === "Escape" && this.#leave(event)

  connectedCallback() {
    document.addEventListener("click", this.#click)
    document.addEventListener("keydown", this.#key)
    document.body.addEventListener("desk:open", this.#open)
    addEventListener("popstate", this.#back)
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.#click)
    document.removeEventListener("keydown", this.#key)
    document.body.removeEventListener("desk:open", this.#open)
    removeEventListener("popstate", this.#back)
  }

  #clicked(event) {
    if (event.target.closest?.("[data-shut]")) document.querySelector("pane-button[for=side] button")?.click()
    const link = event.target.closest?.("a[data-pane]")
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (!document.getElementById("queue-rows")) return
    event.preventDefault()
    this.#go(link.pathname, { hash: link.hash })
  }

  async #go(path, { remember = true, focus = "ticket-title", hash = "" } = {}) {
    this.#waiting?.abort()
    const { signal } = (this.#waiting = new AbortController())
    const slow = setTimeout(() => wait(true), SLOW)
    const number = path.match(TICKET)?.groups.number
    if (number) markOpen(number)
    try {
      const { part, address } = await this.#fetched(this.#paneOf(path), signal)
      if (signal.aborted) return
      wait(false)
      this.#show(part, focus)
      if (remember) history.pushState({}, "", new URL(address).pathname.replace(/pane\/$/, "") + hash)
      if (hash) document.querySelector("live-ticket")?.dispatchEvent(new CustomEvent("timeline:reveal", { detail: { hash } }))
    } catch (error) {
      if (error.name === "AbortError") return
      markOpen(document.querySelector("live-ticket")?.dataset.number)
      if (STAY.has(error.status) && error.message !== String(error.status)) tell(error.message)
      else location.assign(path)
    } finally {
      clearTimeout(slow)
      if (!signal.aborted) wait(false)
    }
  }

  // A page that was fetched ahead and could not be is fetched now.
  #fetched(address, signal) {
    const now = () => fetchPart(address, { signal })
    return taken(address)?.catch(now) ?? now()
  }

  #paneOf(path) {
    const { view = "all", number } = path.match(TICKET)?.groups ?? {}
    if (number) return `/desk/q/${view}/${number}/pane/`
    return `${path}?after=${document.querySelector("live-ticket")?.dataset.number ?? ""}`
  }

  #show(part, focus) {
    const main = document.getElementById("main")
    const side = document.getElementById("side")
    left(main.querySelector("live-ticket")?.dataset.number)
    main.replaceChildren(...part.querySelector("[data-pane-main]").childNodes)
    document.getElementById("side-body").replaceChildren(...part.querySelector("[data-pane-side]").childNodes)
    side.hidden = false
    side.removeAttribute("data-open")
    document.querySelector(".desk").classList.remove("desk--list", "desk--list-first")
    window.htmx?.process(main)
    const ticket = main.querySelector("live-ticket")
    document.title = ticket.dataset.title
    markOpen(ticket.dataset.number)
    placeOf(focus).focus({ preventScroll: true })
  }

  #returned() {
    if (TICKET.test(location.pathname) && document.getElementById("queue-rows")) {
      this.#go(location.pathname, { remember: false })
    } else {
      location.reload()
    }
  }

  // Escape leads back to the row of the open ticket, from anywhere but a box, a menu or a dialog.
  #leave(event) {
    const place = event.target
    if (event.defaultPrevented || document.querySelector("dialog:modal") || !place.closest?.("#main")) return
    if (place.closest("textarea, input, select")) return
    const number = document.querySelector("live-ticket")?.dataset.number
    const link = linkOf(number) ?? document.querySelector("#queue-rows a.queue-row")
    if (link?.checkVisibility()) link.focus()
    else document.querySelector(".ticket-back")?.click()
  }
}

// What takes the focus: the part that was asked for, or in it what is chosen, else the ticket's title.
function placeOf(id) {
  const part = document.getElementById(id)
  const place = part?.querySelector("input:checked") ?? part
  return place?.matches("[tabindex], input, textarea") ? place : document.getElementById("ticket-title")
}

// The shape of a ticket where it will stand. What is below it cannot be typed into, and is there if it does not come.
function wait(isWaiting) {
  const main = document.getElementById("main")
  document.getElementById("ticket-skeleton").hidden = !isWaiting
  main.inert = isWaiting
  main.ariaBusy = String(isWaiting)
}

customElements.define("desk-panes", DeskPanes)
