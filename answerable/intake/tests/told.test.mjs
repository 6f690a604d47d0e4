import assert from "node:assert/strict"
import { test } from "node:test"

import { Unsent } from "../static/intake/chat/unsent.js"
import { Gap, Told, goesOn, stateOf } from "../static/intake/chat/told.js"

const said = (seq, more = {}) => ({ seq, kind: "said", side: "agent", name: "Ana", html: `line ${seq}`, files: [], at: "2026-01-05T10:00:00Z", ...more })

test("each entry is taken once, in order", () => {
  const told = new Told()
  assert.ok(told.take(said(1)))
  assert.equal(told.take(said(1)), null)
  assert.throws(() => told.take(said(3)), Gap)
  told.take(said(2))
  assert.deepEqual(told.entries.map((one) => one.seq), [1, 2])
})

test("what was edited reads otherwise, and what was deleted says nothing", () => {
  const told = new Told()
  told.take(said(1))
  assert.equal(told.take({ seq: 2, kind: "edited", of: 1, html: "new" }).html, "new")
  assert.equal(told.take({ seq: 3, kind: "deleted", of: 1 }).html, "")
  assert.equal(told.entries.length, 1)
  assert.equal(told.take({ seq: 4, kind: "edited", of: 9 }), null)
  assert.equal(told.last, 4)
})

test("a line waits until it has a number", () => {
  const told = new Told()
  const lines = [{ token: "a" }, { token: "b" }]
  told.take(said(1, { token: "a", side: "contact" }))
  assert.deepEqual(told.waiting(lines), [{ token: "b" }])
})

test("what stands above what was seen has been seen", () => {
  assert.equal(stateOf(said(2), { agent: 2 }), "seen")
  assert.equal(stateOf(said(3), { agent: 2 }), "sent")
})

test("a line goes on for two minutes, and for the same person", () => {
  assert.ok(goesOn(said(1), said(2)))
  assert.ok(!goesOn(said(1), said(2, { name: "Ben" })))
  assert.ok(!goesOn(said(1), said(2, { at: "2026-01-05T10:02:00Z" })))
  assert.ok(!goesOn(undefined, said(1)))
})

function face(answers) {
  const kept = new Map()
  const asked = []
  return {
    asked,
    read: (name) => kept.get(name),
    write: (name, value) => kept.set(name, value),
    remove: (name) => kept.delete(name),
    alone: (_, act) => act(),
    send: async (line) => {
      asked.push(line.token)
      const answer = answers.shift()
      if (!answer) throw new TypeError("no line")
      return answer
    },
  }
}

test("lines leave in order, and one that cannot leave holds back the next", async () => {
  const page = face([{ status: 200, json: { seq: 1 } }, null])
  const took = []
  const box = new Unsent({ face: page, key: "k", took: (line, found) => took.push([line.token, found]), changed: () => {} })
  page.write(box.name, [{ token: "a" }, { token: "b" }, { token: "c" }])
  await box.flush()
  assert.deepEqual(page.asked, ["a", "b"])
  assert.deepEqual(took, [["a", { seq: 1 }]])
  assert.equal(box.states.get("b"), "failed")
  assert.deepEqual(box.lines.map((line) => line.token), ["b", "c"])
  box.end()
})

test("what is refused is given back, and the next line leaves", async () => {
  const page = face([{ status: 422, json: { problem: "too long" } }, { status: 200, json: {} }])
  const took = []
  const box = new Unsent({ face: page, key: "k", took: (line, found) => took.push(found), changed: () => {} })
  page.write(box.name, [{ token: "a" }, { token: "b" }])
  await box.flush()
  assert.deepEqual(took, [{ refused: "too long" }, {}])
  assert.deepEqual(box.lines, [])
})
