// What the palette has without asking the server again: commands, as far as the page can do them now, and
// places. A command presses the button that its key presses.

import { press } from "../../design/keys.js"
import { fill, plural } from "../../design/helpers/text.js"
import { say } from "../words.js"

// Commands for which scripts listen, whatever has the focus.
const BY_KEY = { undo: "z", pick_all: "a" }

let offered

// Asked for once a page; a failure is asked for again.
export function load(address) {
  offered ??= fetch(address, { headers: { "HX-Request": "true" } }).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status))
    return answer.json()
  })
  offered.catch(() => (offered = undefined))
  return offered
}

export const buttonOf = (name) =>
  [...document.querySelectorAll(`[data-command="${name}"]`)].find((element) => element.checkVisibility() && !element.closest("[inert]"))

export const openTicket = () => document.querySelector("live-ticket")?.dataset.number

// What can be done with the ticket or the selection comes first.
export const entriesOf = ({ commands, places }) => [
  ...commands.map(command).sort((one, other) => Boolean(other.what) - Boolean(one.what)),
  ...places.map((place) => ({ ...place, kind: "place", run: () => location.assign(place.address) })),
]

function command(one) {
  const button = buttonOf(one.command)
  const what = button && whatOf(button)
  const words = what && one.on ? fill(one.on, { what }) : one.words
  return { ...one, kind: "command", words, what: one.on && what, button, lacks: lacksOf(one, button), run: () => runCommand(one.command) }
}

// A selection, the row that has the focus, or the open ticket.
function whatOf(button) {
  if (button.closest("queue-picks")) {
    const count = Number(button.closest("queue-picks").dataset.count)
    return fill(plural(say.picked_tickets, count, say.language), { count })
  }
  const number = button.closest("row-acts")?.dataset.number ?? openTicket()
  return number && `#${number}`
}

function lacksOf(one, button) {
  if (button || one.command === "undo") return ""
  if (one.command === "pick_all") return document.getElementById("queue-rows") ? "" : one.lacks
  return (!openTicket() && one.lacks_all) || one.lacks || one.lacks_all || say.not_here
}

function runCommand(name) {
  const button = buttonOf(name)
  if (button) press(button)
  else if (BY_KEY[name]) document.body.dispatchEvent(new KeyboardEvent("keydown", { key: BY_KEY[name], ctrlKey: true, bubbles: true, cancelable: true }))
}
