// Entries as elements: their numbers, their places among all, and their days.

import { numbering, surplus } from "../helpers/feed.js"

const KINDS = { messages: ["message", "reply", "notice", "chat"], notes: ["note"] }

export const numberOf = (entry) => Number(entry.id.slice(1))

// Whether an entry is of the sort that is shown.
export function fits(entry, show = "all") {
  if (show === "all") return true
  return show === "clock" ? entry.hasAttribute("data-clock") : KINDS[show].includes(entry.dataset.kind)
}

// For those who listen: where each stands. A day is said once.
export function number(entries, at) {
  const { start, size } = numbering(at)
  entries.forEach((entry, index) => {
    entry.ariaPosInSet = String(start + index)
    entry.ariaSetSize = String(size)
    entry.tabIndex = index === entries.length - 1 ? 0 : -1
    const day = entry.querySelector(":scope > .day")
    if (day) day.hidden = entries[index - 1]?.dataset.day === entry.dataset.day
  })
}

// What is far from where one reads goes; a focus that was in it moves to the next entry that stays. Returns how
// many entries went.
export function trim(feed, side) {
  const entries = [...feed.children]
  const extra = surplus(entries.length)
  const gone = side === "start" ? entries.slice(0, extra) : entries.slice(entries.length - extra)
  const hadFocus = gone.some((entry) => entry.contains(document.activeElement))
  for (const entry of gone) entry.remove()
  if (hadFocus) (side === "start" ? feed.firstElementChild : feed.lastElementChild).focus({ preventScroll: true })
  return extra
}
