// How wide panes may be, and what is fetched before it is opened.

import assert from "node:assert/strict"
import { test } from "node:test"
import { around, kept } from "../static/desk/helpers/near.js"
import { NARROWEST, fitted, stepped, widestIn } from "../static/desk/helpers/widths.js"

test("a row that has the focus is fetched before its neighbours, and nothing that is left out", () => {
  const numbers = ["1", "2", "3", "4"]
  assert.deepEqual(around(numbers, "2"), ["2", "3", "1"])
  assert.deepEqual(around(numbers, "1"), ["1", "2"])
  assert.deepEqual(around(numbers, "4", { without: new Set(["4"]) }), ["3"])
  assert.deepEqual(around(numbers, "9"), [])
})

test("of what was fetched a few are kept, for a while", () => {
  const entries = new Map([1, 2, 3, 4].map((at) => [String(at), { at }]))
  assert.deepEqual(kept(entries, 5, { fresh: 4, most: 2 }).map(([address]) => address), ["3", "4"])
  assert.deepEqual(kept(entries, 100, { fresh: 4, most: 2 }), [])
})

test("the conversation keeps its place, and a pane can be read, in any window", () => {
  for (let window = 320; window < 3000; window += 37) {
    for (const other of [0, 220, 340, 760]) {
      const widest = widestIn(window, other)
      assert.ok(widest >= NARROWEST)
      if (widest > NARROWEST) assert.ok(window - 52 - other - widest >= 480)
      for (const width of [-5, 300, 9000]) assert.ok(fitted(width, widest) >= NARROWEST && fitted(width, widest) <= widest)
    }
  }
})

test("an arrow moves the edge where it points", () => {
  assert.equal(stepped(340, "ArrowRight", { grows: true }), 356)
  assert.equal(stepped(300, "ArrowRight", { grows: false }), 284)
  assert.equal(stepped(300, "ArrowUp", { grows: true }), undefined)
})
