import assert from "node:assert/strict"
import { test } from "node:test"

import { MOST, merge, numbering, placeFor, surplus } from "../static/desk/helpers/feed.js"

test("an entry stands before the first that is newer", () => {
  assert.equal(placeFor(5, [1, 3, 7, 9]), 2)
  assert.equal(placeFor(0, [1, 3]), 0)
  assert.equal(placeFor(10, [1, 3]), -1)
  assert.equal(placeFor(1, []), -1)
})

test("what is too much goes, and no more", () => {
  assert.equal(surplus(MOST), 0)
  assert.equal(surplus(MOST + 50), 50)
})

test("news are added where nothing is missing between", () => {
  const at = { newest: 100, later: "", first: 60, earlier: "60", atEnd: true }
  assert.equal(merge(at), "add")
  assert.equal(merge({ ...at, newest: 0 }), "add")
  assert.equal(merge({ ...at, later: "80" }), "leave")
})

test("after a night with more than a window of news the end is shown anew, and nobody's place is taken", () => {
  const gap = { newest: 100, later: "", first: 160, earlier: "160", atEnd: true }
  assert.equal(merge(gap), "replace")
  assert.equal(merge({ ...gap, atEnd: false }), "leave")
})

test("entries say where they stand among all, once that is known", () => {
  assert.deepEqual(numbering({ length: 50 }), { start: 1, size: -1 })
  assert.deepEqual(numbering({ above: 4950, count: 5000, length: 50 }), { start: 4951, size: 5000 })
  assert.deepEqual(numbering({ above: 0, count: 5000, length: 50, later: "51" }), { start: 1, size: 5000 })
})
