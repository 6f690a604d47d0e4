// A slash at the start of a word finds macros; what comes in leaves the text around it alone.

import assert from "node:assert/strict"
import { test } from "node:test"
import { gaps, inserted, matching, slashAt } from "../static/desk/helpers/macros.js"
import { since } from "../static/desk/helpers/since.js"

const ANSWERS = [
  { name: "Certificate expired", body: "Renew it." },
  { name: "New certificate", body: "Here it is." },
  { name: "Büro geschlossen", body: "Ab Montag wieder." },
  { name: "Reset", body: "Ask for a certificate." },
]
const names = (query) => matching(ANSWERS, query).map((answer) => answer.name)

test("a slash counts at the start of a word alone", () => {
  assert.deepEqual(slashAt("Hello /cert", 11), { from: 6, query: "cert" })
  assert.deepEqual(slashAt("/", 1), { from: 0, query: "" })
  assert.equal(slashAt("and/or", 6), null)
  assert.equal(slashAt("see https://a.example", 21), null)
  assert.equal(slashAt("/cert and", 9), null)
})

test("names come before texts, beginnings before the rest", () => {
  assert.deepEqual(names("cert"), ["Certificate expired", "New certificate", "Reset"])
  assert.deepEqual(names("buro"), ["Büro geschlossen"])
  assert.deepEqual(names("zzz"), [])
  assert.equal(names("").length, 4)
})

test("what stands before and after the word is left", () => {
  const { text, caret } = inserted("Hello /cert, bye", 11, 6, "Renew it.")
  assert.equal(text, "Hello Renew it., bye")
  assert.equal(text.slice(0, caret), "Hello Renew it.")
})

test("gaps that nobody filled in are named once", () => {
  assert.deepEqual(gaps("By {ticket.eta}, or {ticket.eta}: {name}"), ["ticket.eta", "name"])
  assert.deepEqual(gaps('{"json": {}} and {A}'), [])
})

test("a wait is told in minutes and seconds, and hours where it has some", () => {
  assert.equal(since(0, 42_900), "0:42")
  assert.equal(since(0, 725_000), "12:05")
  assert.equal(since(0, 3_725_000), "1:02:05")
  assert.equal(since(1000, 0), "0:00")
})
