// What is on its way goes in order, once, and again until it has arrived.

import assert from "node:assert/strict"
import { test } from "node:test"
import { Outbox } from "../static/desk/helpers/outbox.js"

const message = (token) => ({ token, body: token })

test("the first goes first, and the next when it has arrived", () => {
  const box = new Outbox()
  box.add(message("a"))
  box.add(message("b"))
  assert.equal(box.next.token, "a")
  assert.equal(box.arrived("a"), true)
  assert.equal(box.next.token, "b")
})

test("what has arrived by the stream has not arrived again by its answer", () => {
  const box = new Outbox([message("a")])
  assert.equal(box.arrived("a"), true)
  assert.equal(box.arrived("a"), false)
  assert.deepEqual(box.waiting, [])
})

test("what was refused waits for its writer and holds nothing back", () => {
  const box = new Outbox([message("a"), message("b")])
  box.refuse("a", { status: 422, words: "Enter a message" })
  assert.equal(box.next.token, "b")
  assert.equal(box.waiting[0].refused.words, "Enter a message")
  assert.equal(box.drop("a").body, "a")
  assert.deepEqual(box.waiting.map((one) => one.token), ["b"])
})

test("each try waits longer, up to a limit, until something arrives", () => {
  const box = new Outbox([message("a"), message("b")])
  assert.deepEqual([1, 2, 3, 4, 5].map(() => box.failed()), [1000, 2000, 4000, 8000, 8000])
  assert.deepEqual(box.waiting.map((one) => Boolean(one.late)), [true, false])
  box.arrived("a")
  assert.equal(box.failed(), 1000)
})

test("what a page kept is taken up, and nonsense is not", () => {
  assert.equal(new Outbox([message("a")]).next.token, "a")
  assert.equal(new Outbox([null, {}]).next, undefined)
})
