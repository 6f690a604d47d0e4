import assert from "node:assert/strict"
import test from "node:test"

import { beyondMail, pastedName, tooMuch } from "../static/design/helpers/attaching.js"

const say = {
  file_empty: "{name} is empty",
  file_too_big: "{name} must be smaller than {most} MB",
  screenshot: "screenshot",
}
const at = new Date(2025, 9, 20, 14, 3, 7)

test("a file that fits is taken", () => {
  assert.equal(tooMuch({ name: "a.png", size: 25 * 1024 * 1024 }, 25, say), "")
})

test("what is empty or too large is said", () => {
  assert.equal(tooMuch({ name: "a.png", size: 0 }, 25, say), "a.png is empty")
  assert.equal(tooMuch({ name: "a.png", size: 25 * 1024 * 1024 + 1 }, 25, say), "a.png must be smaller than 25 MB")
})

test("a mail takes the files that have room, as they come", () => {
  assert.deepEqual(beyondMail([19, 2, 17, 1], 18), [true, false, true, false])
  assert.deepEqual(beyondMail([18], 18), [false])
  assert.deepEqual(beyondMail([], 18), [])
})

test("a pasted picture is named by its time", () => {
  assert.equal(pastedName({ name: "image.png", type: "image/png" }, at, say), "screenshot 2025-10-20 14-03-07.png")
  assert.equal(pastedName({ name: "", type: "image/svg+xml" }, at, say), "screenshot 2025-10-20 14-03-07.svg")
})

test("a pasted file keeps its name", () => {
  assert.equal(pastedName({ name: "log.txt", type: "text/plain" }, at, say), "log.txt")
})
