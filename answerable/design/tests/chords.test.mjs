import assert from "node:assert/strict"
import { test } from "node:test"

import { chordOf, isSingle, wanted } from "../static/design/helpers/chords.js"

const press = (key, held = {}) => chordOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })

test("it goes by the character, so that every layout has its own key", () => {
  assert.equal(press("/", { shiftKey: true }), "/")
  assert.equal(press("?"), "?")
  assert.equal(press("!", { shiftKey: true }), "!")
  assert.equal(press("R", { shiftKey: true }), "R")
})

test("it takes Control and Command for the same", () => {
  assert.equal(press("Enter", { ctrlKey: true }), "Mod+Enter")
  assert.equal(press("Enter", { metaKey: true, shiftKey: true }), "Mod+Shift+Enter")
  assert.equal(press("K", { ctrlKey: true }), "Mod+k")
})

test("it binds nothing to Alt or AltGr", () => {
  assert.equal(press("@", { altKey: true, ctrlKey: true }), "")
  assert.equal(press("l", { altKey: true }), "")
})

test("it tells keys that write a letter from those that do not", () => {
  assert.equal(isSingle("r"), true)
  assert.equal(isSingle("Escape"), true)
  assert.equal(isSingle("Mod+Enter"), false)
  assert.equal(isSingle("F2"), false)
  assert.equal(isSingle("Shift+F2"), false)
})

test("it joins G with the key after it", () => {
  assert.equal(wanted("q", true), "g q")
  assert.equal(wanted("q", false), "q")
})
