import assert from "node:assert/strict"
import { test } from "node:test"

import { INSISTS, MOST, TOGETHER, WITHIN, mayInsist, mayRing, roundOf } from "../static/desk/helpers/loudness.js"

// Rings for each key at its instant, and returns which sounded.
function rung(offers) {
  let heard = []
  return offers.filter(([key, at]) => {
    const decided = mayRing(heard, key, at)
    heard = decided.heard
    return decided.rings
  })
}

test("an offer sounds once, whichever pages show it", () => {
  assert.deepEqual(rung([["o1", 0], ["o1", 10], ["o1", 60_000]]), [["o1", 0]])
})

test("offers that come together sound as one", () => {
  assert.equal(rung([["o1", 0], ["o2", TOGETHER - 1], ["o3", TOGETHER]]).length, 2)
})

// Check D-24 of ux.md: an hour of traffic with twenty offers to one person.
test("an hour of offers sounds six times at the most", () => {
  const offers = Array.from({ length: 20 }, (_, number) => [`o${number}`, number * 180_000])
  assert.equal(rung(offers).length, MOST)
})

test("after an hour it sounds again", () => {
  const offers = Array.from({ length: 7 }, (_, number) => [`o${number}`, number * TOGETHER])
  assert.equal(rung([...offers, ["o8", WITHIN + TOGETHER]]).length, MOST + 1)
})

test("a business-critical one sounds at once and every thirty seconds, once a round", () => {
  assert.deepEqual([0, INSISTS - 1, INSISTS, 3 * INSISTS].map((now) => roundOf(0, now)), [0, 0, 1, 3])
  const first = mayInsist([], "7", 0, 0)
  assert.ok(first.rings)
  assert.ok(!mayInsist(first.heard, "7", 0, 100).rings)
  assert.ok(mayInsist(first.heard, "7", 1, INSISTS).rings)
})

test("what insists takes none of the six", () => {
  let { heard } = mayInsist([], "7", 0, 0)
  for (let round = 1; round < 20; round += 1) heard = mayInsist(heard, "7", round, round * INSISTS).heard
  assert.ok(mayRing(heard, "o1", 20 * INSISTS).rings)
})
