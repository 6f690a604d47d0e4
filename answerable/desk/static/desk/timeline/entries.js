// Entries as elements: their numbers, their places among all, and their days.

import { numbering } from "../helpers/feed.js"

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
