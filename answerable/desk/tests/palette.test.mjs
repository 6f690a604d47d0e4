// What fits what is typed into the palette: by rule, and for thousands of random words.

import assert from "node:assert/strict"
import { test } from "node:test"
import { asked, classOf, fit, plain, ranked } from "../static/desk/helpers/palette.js"

const LETTERS = "abcdefghijklmnopqrstuvwxyzäöüéłß"
const COMMANDS = ["Reply and next", "Reply", "Internal note", "Resolve #4821", "Assign #4821 to…", "Go to drafts"]

// Random, but the same in each run: a failure can be looked at.
let state = 20_261
const below = (most) => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
  return state % most
}
const word = () => Array.from({ length: 1 + below(8) }, () => LETTERS[below(LETTERS.length)]).join("")
const phrase = () => Array.from({ length: 1 + below(5) }, word).join(" ")
const many = (property) => { for (let turn = 0; turn < 1000; turn += 1) property() }
const entries = (words) => words.map((each, index) => ({ id: String(index), words: each }))
const found = (typed, recent) => ranked(entries(COMMANDS), typed, recent).map((entry) => entry.words)

test("rn finds Reply and next, before what only has the letters", () => {
  assert.deepEqual(found("rn"), ["Reply and next", "Internal note"])
  assert.equal(found("as")[0], "Assign #4821 to…")
  assert.deepEqual(found("intnote"), ["Internal note"])
  assert.deepEqual(found("zzz"), [])
})

test("a first character says what is asked for", () => {
  assert.deepEqual(asked("#4821"), { kind: "ticket", words: "4821" })
  assert.deepEqual(asked("> assign"), { kind: "command", words: "assign" })
  assert.deepEqual(asked("@ben"), { kind: "person", words: "ben" })
  assert.deepEqual(asked("?cert"), { kind: "answer", words: "cert" })
  assert.deepEqual(asked("cert?"), { kind: "", words: "cert?" })
})

test("the initials of words find them, and so do fewer of them", () =>
  many(() => {
    const words = phrase()
    const initials = words.split(" ").map((each) => plain(each)[0]).join("")
    for (let length = 1; length <= initials.length; length += 1) assert.notEqual(fit(words, initials.slice(0, length)), null, words)
  }))

test("every beginning of words finds them, whatever its case and accents", () =>
  many(() => {
    const words = phrase()
    const typed = words.slice(0, 1 + below(words.length))
    assert.notEqual(fit(words, typed), null)
    assert.equal(fit(words, typed), fit(words.toUpperCase().replaceAll("SS", "ß"), plain(typed)))
  }))

test("of what fits alike, what was used before comes first; what cannot be done is last; nothing is shown twice", () =>
  many(() => {
    const all = Array.from({ length: 1 + below(12) }, (_, index) => ({ id: String(index), words: phrase(), lacks: below(4) ? "" : "no" }))
    const recent = all.filter(() => below(3) === 0).map((entry) => entry.id)
    const typed = LETTERS[below(5)]
    const shown = ranked(all, typed, recent)
    assert.equal(new Set(shown).size, shown.length)
    const can = shown.filter((entry) => !entry.lacks)
    assert.deepEqual(shown.slice(0, can.length), can)
    const order = can.map((entry) => [classOf(fit(entry.words, typed)), Number(!recent.includes(entry.id))])
    for (const [index, [group, used]] of order.entries()) {
      const [before, usedBefore] = order[index - 1] ?? [0, 0]
      assert.ok(before < group || (before === group && usedBefore <= used))
    }
  }))

test("nothing typed shows all, in the order of the table", () =>
  many(() => {
    const all = entries(Array.from({ length: below(10) }, phrase))
    assert.deepEqual(ranked(all, ""), all)
  }))

test("words beside the name find it too, after all names that fit", () => {
  const all = [{ id: "a", words: "Plans", also: "support hours" }, { id: "b", words: "Hours of Ana" }]
  assert.deepEqual(ranked(all, "hours").map((entry) => entry.id), ["b", "a"])
})
