// How late the stream is, by what the server says and when it is heard.

import assert from "node:assert/strict"
import { test } from "node:test"

import { StreamDelay, tenths } from "../static/design/helpers/delay.js"

const SERVER = 1_800_000_000_000

// A page whose counter is at 0 when the server's clock is at SERVER, and a stream with these delays.
function heard(asked, ...beats) {
  const delay = new StreamDelay()
  delay.ask(asked)
  return beats.map(([said, took]) => {
    delay.hear(SERVER + said, said + took)
    return delay.seconds
  })
}

test("what it says is never less than what it was, and no more than the way there adds", () => {
  const [first, second] = heard(1000, [1080, 60], [4080, 400])
  assert.ok(first >= 0.06 && first <= 0.14)
  assert.ok(second >= 0.4 && second <= 0.48)
})

test("a beat that is held up on its way is late by that much", () => {
  const [before, after] = heard(0, [20, 20], [3020, 2020])
  assert.ok(Math.abs(after - before - 2) < 1e-9)
})

test("a quicker way to ask makes the bound closer", () => {
  const delay = new StreamDelay()
  delay.ask(0)
  delay.hear(SERVER + 900, 950)
  assert.equal(delay.seconds, 0.95)
  delay.ask(2000)
  delay.hear(SERVER + 2010, 2050)
  assert.equal(delay.seconds, 0.05)
})

test("nothing is said before the page has asked, nor once a bound was wrong", () => {
  const delay = new StreamDelay()
  delay.hear(SERVER, 50)
  assert.equal(delay.seconds, undefined)
  delay.ask(100)
  delay.hear(SERVER + 120, 140)
  delay.hear(SERVER + 60_000, 5000)
  assert.equal(delay.seconds, undefined)
  delay.hear(SERVER + 63_000, 8000)
  assert.equal(delay.seconds, undefined)
})

test("tenths are rounded up", () => {
  assert.deepEqual([0, 0.04, 0.1, 0.31, 0.4, 1.96].map(tenths), [0.1, 0.1, 0.1, 0.4, 0.4, 2])
})
