import assert from "node:assert/strict"
import { test } from "node:test"

import { remaining, seenFor } from "../static/desk/helpers/writing.js"

test("what was sent leaves the box", () => {
  assert.equal(remaining("Hello", "Hello"), "")
})

test("what was typed meanwhile stays", () => {
  assert.equal(remaining("Hello", "Hello And one more thing"), "And one more thing")
})

test("a text that became another one stays whole", () => {
  assert.equal(remaining("Hello", "Dear Dana"), "Dear Dana")
})

test("what a writer has seen is fixed when the writing begins", () => {
  assert.equal(seenFor({ seen: "4", latest: "9", wasEmpty: true }), "9")
  assert.equal(seenFor({ seen: "4", latest: "9", wasEmpty: false }), "4")
})
