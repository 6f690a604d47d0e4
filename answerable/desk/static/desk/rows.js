// Moving among the rows of the queue by keys, and reading them aloud as time passes.

import { beats, isStale, serverNow } from "../design/clock.js"
import * as countdown from "../design/helpers/countdown.js"
import * as text from "../design/helpers/text.js"
import { leftWords } from "./helpers/names.js"
import { commandOf } from "./keymap.js"
import { say } from "./words.js"

const TYPING = "textarea, select, input:not([type=checkbox], [type=radio]), [contenteditable]"
const STEPS = { down: () => 1, up: () => -1 }
const KEYED = { Home: () => -Infinity, End: () => Infinity, PageDown: screen, PageUp: () => -screen() }
const NAMED_EACH = 15_000
const WORDS = { ...countdown, ...text }
let namedAt = 0

export const links = () => [...document.querySelectorAll("#queue-rows [role=row] a.queue-row")]
export const linkOf = (number) => document.querySelector(`#row-${CSS.escape(String(number))} a.queue-row`)

// One row takes part in the order of Tab: the one that had the focus last, else the open one.
export function rove(current) {
  const all = links()
  const chosen = current ?? all.find((link) => link.tabIndex === 0) ?? all.find(isOpen) ?? all[0]
  for (const link of all) link.tabIndex = link === chosen ? 0 : -1
}

export function markOpen(number) {
  for (const link of links()) {
    const open = link.closest("[role=row]").dataset.number === String(number)
    if (!document.querySelector("queue-picks:not([hidden])")) link.closest("[role=row]").setAttribute("aria-selected", String(open))
    if (open) link.setAttribute("aria-current", "page")
    else link.removeAttribute("aria-current")
  }
}

function isOpen(link) {
  return link.hasAttribute("aria-current")
}

document.addEventListener("keydown", (event) => {
  const place = event.target
  if (event.defaultPrevented || place.closest?.(TYPING) || document.querySelector("dialog:modal")) return
  const inList = place.closest?.("#queue-rows")
  const isLetter = event.key.length === 1
  if (isLetter ? document.body.dataset.singleKeys === "off" : !inList) return
  const command = commandOf(event)
  const by = STEPS[command] ?? (hasNone(event) && KEYED[event.key])
  if (command === "open" && isLetter && inList) place.click()
  else if (by) step(event, by())
})

const hasNone = (event) => !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)

// As many rows as are in sight, but for one that one knows again.
function screen() {
  const list = document.getElementById("queue-rows")
  const [first] = links()
  return first ? Math.max(1, Math.floor(list.clientHeight / first.closest("[role=row]").offsetHeight) - 1) : 1
}

// The first and the last row of all may not be in the page: the list fetches them first.
async function toEnd(last) {
  let fetched
  const detail = { last, wait: (promise) => (fetched = promise) }
  document.querySelector("live-queue")?.dispatchEvent(new CustomEvent("queue:end", { detail }))
  await fetched
}

async function step(event, by) {
  event.preventDefault()
  if (!Number.isFinite(by)) await toEnd(by > 0)
  const all = links()
  if (!all.length) return
  const here = all.indexOf(document.activeElement)
  const from = here >= 0 ? here : all.findIndex(isOpen)
  const start = from < 0 && by > 0 ? -1 : Math.max(from, 0)
  const next = all[Math.min(Math.max(start + by, 0), all.length - 1)]
  next.focus()
  next.closest("[role=row]").scrollIntoView({ block: "nearest" })
}

document.addEventListener("focusin", ({ target }) => target.matches?.("a.queue-row") && rove(target))

beats.addEventListener("tick", () => {
  if (isStale() || serverNow() - namedAt < NAMED_EACH) return
  namedAt = serverNow()
  for (const link of links()) name(link)
})

export function name(link) {
  const { name: pattern, due } = link.dataset
  if (!pattern) return
  const now = due ? pattern.replace("{left}", leftWords(Date.parse(due), serverNow(), say, WORDS)) : pattern
  link.ariaLabel = link.dataset.company ? `${now} ${link.dataset.company}` : now
}
