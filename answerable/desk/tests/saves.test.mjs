import assert from "node:assert/strict"
import { test } from "node:test"

import { Names, unheard } from "../static/desk/helpers/saves.js"

test("a page counts its saves", () => {
  const names = new Names("a1b2")
  assert.deepEqual([names.coming, names.next(), names.next(), names.coming], ["a1b2.1", "a1b2.1", "a1b2.2", "a1b2.3"])
})

test("nothing was left, or all of it was heard", () => {
  assert.equal(unheard(null, ""), false)
  assert.equal(unheard({ base: "", name: "a1b2.1" }, "a1b2.1"), false)
})

test("the server has what the page began with, or an earlier save of that page", () => {
  assert.equal(unheard({ base: "", name: "a1b2.1" }, ""), true)
  assert.equal(unheard({ base: "c3d4.7", name: "a1b2.2" }, "c3d4.7"), true)
  assert.equal(unheard({ base: "c3d4.7", name: "a1b2.2" }, "a1b2.1"), true)
})

test("a save that failed was made up for by a later one", () => {
  assert.equal(unheard({ base: "a1b2.1", name: "a1b2.2" }, "a1b2.3"), false)
})

test("another window was later, or it was sent", () => {
  assert.equal(unheard({ base: "a1b2.1", name: "a1b2.2" }, "c3d4.1"), false)
  assert.equal(unheard({ base: "a1b2.1", name: "a1b2.2" }, ""), false)
  assert.equal(unheard({ base: "a1b2.1", name: "a1b2.2" }, "2026-03-10T13:00:00+00:00"), false)
})
