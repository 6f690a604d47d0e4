import assert from "node:assert/strict"
import { test } from "node:test"

import { HELD_FOR, isHeld, movedCount, movedInGroups, plan } from "../static/desk/helpers/order.js"

const list = (text) => text.split("")

test("a list that nobody looks at takes the fresh order", () => {
  assert.deepEqual(plan(list("abc"), list("cab"), { held: false }), { order: list("cab"), moved: 0 })
})

test("a held list keeps every row where it is, and new ones follow", () => {
  const { order, moved } = plan(list("abc"), list("xcaby"), { held: true })
  assert.equal(order.join(""), "abcxy")
  assert.equal(moved, 3)
})

test("a row that left stays in a held list", () => {
  const { order, moved } = plan(list("abc"), list("ac"), { held: true })
  assert.equal(order.join(""), "abc")
  assert.equal(moved, 1)
})

for (const [shown, fresh, moved] of [
  ["abcd", "abcd", 0],
  ["abcd", "dabc", 1],
  ["abcd", "dcba", 3],
  ["", "ab", 2],
  ["ab", "", 2],
]) {
  test(`from ${shown || "nothing"} to ${fresh || "nothing"} ${moved} moved`, () => {
    assert.equal(movedCount(list(shown), list(fresh)), moved)
  })
}

test("a ticket that becomes critical has moved once", () => {
  const shown = { now: [], rest: list("abc") }
  const fresh = { now: list("b"), rest: list("ac") }
  assert.equal(movedInGroups(shown, fresh), 1)
})

test("a hundred random changes never move a row of a held list", () => {
  let seed = 7
  const random = (below) => (seed = (seed * 16807) % 2147483647) % below
  let shown = Array.from({ length: 40 }, (_, index) => index)
  for (let change = 0; change < 100; change++) {
    const fresh = shown.filter(() => random(10)).sort(() => random(3) - 1)
    fresh.splice(random(fresh.length + 1), 0, 1000 + change)
    const { order } = plan(shown, fresh, { held: true })
    assert.deepEqual(order.slice(0, shown.length), shown)
    assert.deepEqual(new Set(order), new Set([...shown, ...fresh]))
    shown = order
  }
})

test("it is held under the pointer, with the focus, and five seconds longer", () => {
  const idle = { pointed: false, focused: false, touchedAt: 0, now: HELD_FOR }
  assert.equal(isHeld(idle), false)
  assert.equal(isHeld({ ...idle, now: HELD_FOR - 1 }), true)
  assert.equal(isHeld({ ...idle, pointed: true }), true)
  assert.equal(isHeld({ ...idle, focused: true }), true)
})
