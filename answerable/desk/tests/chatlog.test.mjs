// The lines of a chat stand in the order of their numbers, once each, however the stream delivers them.

import assert from "node:assert/strict"
import { test } from "node:test"
import { ChatLog, continues, isChangeable } from "../static/desk/helpers/chatlog.js"

const AT = "2026-05-04T10:00:00+00:00"
const said = (seq, more = {}) => ({ seq, kind: "said", mine: true, name: "Ana", side: "agent", at: AT, html: `line ${seq}`, text: `line ${seq}`, ...more })

// The lines as a page shows them that puts each before the one that follows it.
function shown(entries) {
  const log = new ChatLog()
  const page = []
  for (const entry of entries) {
    const line = log.take(entry)
    if (!line) continue
    const here = page.findIndex((one) => one.seq === line.seq)
    const next = page.findIndex((one) => one.seq === log.following(line.seq))
    if (here >= 0) page[here] = line
    else page.splice(next < 0 ? page.length : next, 0, line)
  }
  return { page: page.map((one) => (one.deleted ? `${one.seq} deleted` : `${one.seq} ${one.text}`)), after: log.after }
}

// A seeded shuffle with repeats: the same disorder each time the tests run.
function disorder(entries, seed) {
  let state = seed
  const random = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648
  const twice = entries.flatMap((entry) => (random() < 0.3 ? [entry, entry] : [entry]))
  return twice.map((entry) => [random(), entry]).sort((a, b) => a[0] - b[0]).map(([, entry]) => entry)
}

const CHAT = [
  ...[1, 2, 3, 4].map((seq) => said(seq)),
  { ...said(5), kind: "edited", of: 2, text: "changed", html: "changed" },
  said(6),
  { ...said(7), kind: "edited", of: 2, text: "changed twice", html: "changed twice" },
  { ...said(8), kind: "deleted", of: 3 },
  said(9),
]

test("whatever the order, the page shows the same", () => {
  const wanted = { page: ["1 line 1", "2 changed twice", "3 deleted", "4 line 4", "6 line 6", "9 line 9"], after: 9 }
  assert.deepEqual(shown(CHAT), wanted)
  for (let seed = 1; seed <= 200; seed++) assert.deepEqual(shown(disorder(CHAT, seed)), wanted, `seed ${seed}`)
})

test("it goes on after the last number before a gap", () => {
  const log = new ChatLog()
  for (const seq of [1, 2, 5, 4]) log.take(said(seq))
  assert.equal(log.after, 2)
  log.take(said(3))
  assert.equal(log.after, 5)
})

test("what is known is not shown again", () => {
  const log = new ChatLog()
  assert.equal(log.take(said(1)).text, "line 1")
  assert.equal(log.take(said(1)), null)
})

test("a line may be changed for a minute, by who said it", () => {
  const now = Date.parse(AT)
  assert.equal(isChangeable(said(1), "Ana", now + 59_000), true)
  assert.equal(isChangeable(said(1), "Ana", now + 60_000), false)
  assert.equal(isChangeable(said(1), "Ben", now), false)
  assert.equal(isChangeable(said(1, { deleted: true }), "Ana", now), false)
  assert.equal(isChangeable(said(1, { mine: false }), "Ana", now), false)
})

test("the last line of one's own that stands is the one to change", () => {
  const log = new ChatLog()
  log.take(said(1))
  log.take(said(2))
  log.take(said(3, { mine: false, name: "Dana" }))
  log.take({ ...said(4), kind: "deleted", of: 2 })
  assert.equal(log.lastOwn("Ana", Date.parse(AT)).seq, 1)
  assert.equal(log.lastOwn("Ana", Date.parse(AT) + 61_000), undefined)
})

test("two of one person within minutes go under one head", () => {
  assert.equal(continues(said(2), said(1)), true)
  assert.equal(continues(said(2), said(1, { name: "Ben" })), false)
  assert.equal(continues(said(2), { ...said(1), kind: "joined" }), false)
  assert.equal(continues(said(2, { at: "2026-05-04T10:06:00+00:00" }), said(1)), false)
  assert.equal(continues(said(2), undefined), false)
})
