// The times on an offer's card: how long somebody has waited, and when it goes to the next person.

import { isStale, serverNow } from "../design/clock.js"
import { fill } from "../design/helpers/text.js"
import { say } from "./words.js"

export function countCard(card) {
  const since = card.querySelector("[data-since]")
  if (since && !isStale()) set(since, lengthOf(serverNow() - Date.parse(since.dataset.since)))
  const left = card.querySelector("[data-left]")
  if (!left || isStale()) return
  const seconds = Math.max(0, Math.ceil((Date.parse(card.dataset.ends) - serverNow()) / 1000))
  set(left, fill(say.offer_left, { seconds }))
  card.querySelector("progress").value = seconds
}

function lengthOf(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}

function set(element, text) {
  if (element.textContent !== text) element.textContent = text
}
