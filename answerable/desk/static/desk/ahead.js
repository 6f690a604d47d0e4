// Tickets that are fetched before they are opened: the row that has the focus and its two neighbours, a moment
// after it rests there. What is not wanted any more is given up. Fetching shows nobody as viewing, and reads
// nothing: a page is open when it is shown. What happens meanwhile the stream of the page catches up with.

import { fetchPart } from "./fetching.js"
import { around, kept } from "./helpers/near.js"
import { links } from "./rows.js"

const RESTS = 120
const FRESH = 20_000
const MOST = 6
// What was written on a ticket that was left is saved first.
const LEFT = 5000

let pages = new Map() // address → {promise, at, stop, done}
const leftAt = new Map()
let timer

const numberOf = (link) => link.closest("[role=row]").dataset.number
export const paneOf = (link) => `${link.pathname}pane/`

// The page of an address, if it was fetched or is on its way; it is given once.
export function taken(address) {
  pages = new Map(kept(pages, performance.now(), { fresh: FRESH, most: MOST }))
  const page = pages.get(address)
  pages.delete(address)
  return page?.promise
}

export function left(number) {
  if (number) leftAt.set(number, performance.now())
}

function look(link) {
  const now = performance.now()
  const open = document.querySelector("live-ticket")?.dataset.number
  const without = new Set([open, ...[...leftAt].filter(([, at]) => now - at < LEFT).map(([number]) => number)])
  const all = links()
  const wanted = around(all.map(numberOf), numberOf(link), { without })
  const addresses = wanted.map((number) => paneOf(all.find((one) => numberOf(one) === number)))
  for (const [address, page] of pages) if (!page.done && !addresses.includes(address)) giveUp(address)
  pages = new Map(kept(pages, now, { fresh: FRESH, most: MOST }))
  fetchAll(addresses)
}

// One after the other: the row that has the focus does not wait for its neighbours.
async function fetchAll(addresses) {
  for (const address of addresses) {
    if (!pages.has(address)) begin(address)
    const page = pages.get(address)
    await page.promise.catch(() => pages.get(address) === page && pages.delete(address))
    if (!pages.has(address)) return
  }
}

function begin(address) {
  const stop = new AbortController()
  const page = { at: performance.now(), stop, done: false }
  page.promise = fetchPart(address, { signal: stop.signal, priority: "low" }).finally(() => (page.done = true))
  pages.set(address, page)
}

function giveUp(address) {
  pages.get(address).stop.abort()
  pages.delete(address)
}

function forget() {
  for (const address of [...pages.keys()]) giveUp(address)
}

document.addEventListener("focusin", ({ target }) => {
  clearTimeout(timer)
  if (target.matches?.("#queue-rows a.queue-row")) timer = setTimeout(() => look(target), RESTS)
})
document.body.addEventListener("desk:changed", forget)
