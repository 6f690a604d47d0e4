// What a finger on a row means.

import assert from "node:assert/strict"
import { test } from "node:test"

import { isFar, meaning, shift, side } from "../static/desk/helpers/swipe.js"

test("a finger that goes across swipes, one that goes down or aslant scrolls", () => {
  assert.equal(meaning(5, -8), "unsure")
  assert.equal(meaning(40, 10), "swipe")
  assert.equal(meaning(-40, 10), "swipe")
  assert.equal(meaning(10, 40), "scroll")
  assert.equal(meaning(30, 25), "scroll")
})

test("to the right takes, to the left holds, and only from far enough", () => {
  assert.deepEqual([side(100), side(-100)], ["take", "hold"])
  assert.ok(!isFar(90, 400) && isFar(-96, 400))
  assert.ok(isFar(80, 200) && !isFar(60, 200))
})

test("a row goes along only so far", () => {
  assert.deepEqual([shift(50), shift(500), shift(-500)], [50, 140, -140])
})
