import assert from "node:assert/strict"
import { test } from "node:test"

import { restored, worthKeeping } from "../static/design/helpers/keeping.js"

const NOW = Date.parse("2025-10-24T14:00:00Z")
const kept = { texts: { body: "Since 13:58", phone: "" }, sent: false, at: NOW - 1000 }
const here = { now: NOW, cameBack: false }

test("it puts text back into an empty box", () => {
  assert.deepEqual(restored(kept, { body: "" }, here), { body: "Since 13:58" })
})

test("it never replaces what stands there", () => {
  assert.deepEqual(restored(kept, { body: "Newer" }, here), {})
})

test("it forgets what was sent, unless the person came back to it", () => {
  const sent = { ...kept, sent: true }
  assert.deepEqual(restored(sent, { body: "" }, here), {})
  assert.deepEqual(restored(sent, { body: "" }, { ...here, cameBack: true }), { body: "Since 13:58" })
})

test("it ends after thirty days", () => {
  const old = { ...kept, at: NOW - 31 * 24 * 3600 * 1000 }
  assert.deepEqual(restored(old, { body: "" }, here), {})
})

test("it copes with nothing kept", () => assert.deepEqual(restored(null, { body: "" }, here), {}))

test("it keeps only what has words", () => {
  assert.equal(worthKeeping({ body: " \n", phone: "" }), false)
  assert.equal(worthKeeping({ body: "x" }), true)
})

test("it puts back what the server has only the beginning of", () => {
  const longer = { ...kept, texts: { body: "Since 13:58 all users" } }
  assert.deepEqual(restored(longer, { body: "Since 13:58" }, here), { body: "Since 13:58 all users" })
  assert.deepEqual(restored(kept, { body: "Since 13:58" }, here), {})
  assert.deepEqual(restored(kept, {}, here), {})
})
