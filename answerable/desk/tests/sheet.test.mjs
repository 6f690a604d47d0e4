import assert from "node:assert/strict"
import { test } from "node:test"

import { cellsIn, csvOf, tableOf } from "../static/desk/helpers/sheet.js"

test("cells between tabs in rows that are equally long are a sheet", () => {
  assert.deepEqual(cellsIn("Name\tAmount\r\nA\t1\r\n"), [["Name", "Amount"], ["A", "1"]])
  for (const text of ["", "words", "one\ttwo", "a\tb\nc", "\tif (x)\n\treturn", "a\nb"]) assert.equal(cellsIn(text), undefined)
})

test("a sheet is a table of so many cells at the most", () => {
  const rows = [["Name", "a|b"], ["A"], ["B", "2"]]
  assert.deepEqual(tableOf(rows, 100), { text: "| Name | a\\|b |\n| --- | --- |\n| A |  |\n| B | 2 |", left: 0 })
  assert.equal(tableOf(rows, 4).left, 1)
  assert.equal(tableOf(rows, 1).left, 2)
})

test("as a file nothing in it begins a formula", () => {
  assert.equal(csvOf([["a,b", 'say "x"'], ["=1+1", "-2"], ["@x", "-a"]]), "\"a,b\",\"say \"\"x\"\"\"\r\n'=1+1,-2\r\n'@x,'-a\r\n")
})
