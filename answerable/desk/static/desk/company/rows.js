// Colleagues in the rows of lists: who views a ticket or writes on it, in words for who listens.

import { beats, serverNow } from "../../design/clock.js"
import { age, words } from "../helpers/company.js"
import { name } from "../rows.js"
import { iconOf } from "./icons.js"
import { SAY } from "./said.js"
import { companyOn } from "./state.js"

const LINKS = "#queue-rows [data-number] a.queue-row, #chats-rows a[data-ticket]"
let shown = new Set()

function show() {
  const now = new Set()
  for (const link of document.querySelectorAll(LINKS)) {
    const on = companyOn(link.dataset.ticket ?? link.closest("[data-number]").dataset.number)
    if (on.length) now.add(link)
    if (on.length || shown.has(link) || link.querySelector(".row-company")) mark(link, on)
  }
  shown = now
}

function mark(link, on) {
  const said = on.map((one) => `${words(one, SAY)}.`).join(" ")
  const place = link.querySelector(".row-company") ?? made(link)
  const [first, ...others] = on
  if (first) place.replaceChildren(iconOf(first), short(first), ...(others.length ? [` +${others.length}`] : []))
  else place.remove()
  if (link.matches(".queue-row")) {
    if (said) link.dataset.company = said
    else delete link.dataset.company
    name(link)
  } else if (said) {
    place.append(unseen(said))
  }
}

function made(link) {
  const place = document.createElement("span")
  place.className = "row-company"
  link.append(place)
  return place
}

function short(one) {
  const text = document.createElement("span")
  if (one.lost) text.className = "row-company--lost"
  text.ariaHidden = "true"
  text.textContent = one.doing === "view" && !one.lost ? one.name : `${one.name} ${age(one, serverNow(), SAY)}`
  return text
}

function unseen(text) {
  const place = document.createElement("span")
  place.className = "unseen"
  place.textContent = ` ${text}`
  return place
}

for (const type of ["company:changed", "queue:arranged", "chats:shown"]) document.addEventListener(type, show)
beats.addEventListener("tick", () => shown.size && show())
