import assert from "node:assert/strict"
import { test } from "node:test"

import { MARGIN, SHOWN, moveTo, seen, spaces } from "../static/desk/helpers/window.js"

test("what is seen is counted in rows", () => {
  assert.deepEqual(seen({ top: 680, height: 600, row: 68 }), { first: 10, last: 19 })
  assert.deepEqual(seen({ top: -20, height: 68, row: 68 }), { first: 0, last: 1 })
})

test("it stays where it is while the rows around are there", () => {
  assert.equal(moveTo({ first: 0, last: 9, skip: 0, have: 60, total: 12_000 }), null)
  assert.equal(moveTo({ first: 30, last: 40, skip: 0, have: 60, total: 12_000 }), null)
  assert.equal(moveTo({ first: 11_980, last: 12_000, skip: 11_940, have: 60, total: 12_000 }), null)
})

test("wherever one looks, rows are there after it moved, with some around them", () => {
  for (let first = 0; first < 11_990; first += 7) {
    const last = first + 10
    for (const skip of [0, 300, 11_940]) {
      const to = moveTo({ first, last, skip, have: SHOWN, total: 12_000 }) ?? skip
      assert.ok(to <= first && last <= to + SHOWN, `${first} from ${skip}: ${to}`)
      assert.ok(to === 0 || first - to >= MARGIN || to === 12_000 - SHOWN)
    }
  }
})

test("the spaces and the rows are as high as the whole list", () => {
  const { above, below } = spaces({ skip: 120, have: 60, total: 12_000, row: 68 })
  assert.equal(above + 60 * 68 + below, 12_000 * 68)
  assert.equal(spaces({ skip: 0, have: 61, total: 60, row: 68 }).below, 0)
})
