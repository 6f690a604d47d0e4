// <ticket-company data-ticket="7"> says under a ticket's title which colleagues view it or write on it, and since
// when they were heard. That somebody begins to write is also told to who listens.

import { beats, serverNow } from "../../design/clock.js"
import { whisper } from "../../design/tell.js"
import { iconOf } from "../company/icons.js"
import { SAY } from "../company/said.js"
import { companyOn } from "../company/state.js"
import { line, words } from "../helpers/company.js"

const key = (one) => `${one.agent} ${one.lost ? "lost" : one.doing}`

class TicketCompany extends HTMLElement {
  #keys = []
  #show = () => this.#look()

  connectedCallback() {
    document.addEventListener("company:changed", this.#show)
    beats.addEventListener("tick", this.#show)
    this.#look()
  }

  disconnectedCallback() {
    document.removeEventListener("company:changed", this.#show)
    beats.removeEventListener("tick", this.#show)
  }

  #look() {
    const on = companyOn(this.dataset.ticket)
    const keys = on.map(key)
    if (keys.join() !== this.#keys.join()) this.#draw(on, keys)
    on.forEach((one, index) => this.#write(this.querySelectorAll("li > span")[index], line(one, serverNow(), SAY)))
  }

  #draw(on, keys) {
    const begun = on.filter((one, index) => !this.#keys.includes(keys[index]) && !one.lost && one.doing !== "view")
    if (begun.length) whisper(begun.map((one) => `${words(one, SAY)}.`).join(" "))
    this.#keys = keys
    this.firstElementChild.replaceChildren(...on.map(item))
    this.hidden = !on.length
  }

  #write(place, text) {
    if (place.textContent !== text) place.textContent = text
  }
}

function item(one) {
  const row = document.createElement("li")
  row.dataset.doing = one.lost ? "lost" : one.doing
  row.append(iconOf(one), document.createElement("span"))
  return row
}

customElements.define("ticket-company", TicketCompany)
