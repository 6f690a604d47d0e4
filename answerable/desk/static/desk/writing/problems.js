// What is wrong with a text that is to be saved or sent, said below its box; the text stays where it is.

import { sessionOver, showUnsent } from "../fetching.js"
import { say } from "../words.js"

// Nobody answered, or nobody could read it: what was typed is kept.
const UNSENT = new Set([0, 400, 403, 413])

export const problemOf = (box) => document.getElementById(`${box.dataset.mode}-problem`)

export function sayUnsent(box, status) {
  const problem = problemOf(box)
  if (UNSENT.has(status) || status >= 500) showUnsent(problem, box.dataset.mode)
  if (problem.childElementCount) problem.scrollIntoView({ block: "nearest" })
}

// The session ended while somebody types. They may sign in elsewhere and go on, for we save again and again.
export function sayLost(box, address) {
  if (address) problemOf(box).replaceChildren(sessionOver(address))
  else problemOf(box).querySelector(".session-over")?.remove()
}

// What is typed may mend what was wrong.
export function unmark(box, text) {
  if (!text.ariaInvalid) return
  text.ariaInvalid = null
  problemOf(box).replaceChildren()
}

// Megabytes are not sent to hear that they are too much.
export function stopTooLong(box, event) {
  const text = box.querySelector("textarea")
  if (text.value.length <= say.longest) return
  event.preventDefault()
  event.stopPropagation()
  const line = document.createElement("p")
  line.className = "field-error"
  line.textContent = say.too_long[box.dataset.mode]
  text.ariaInvalid = "true"
  problemOf(box).replaceChildren(line)
  text.focus()
}
