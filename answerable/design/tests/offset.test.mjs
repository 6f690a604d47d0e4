import assert from "node:assert/strict"
import { test } from "node:test"

import { ServerClock } from "../static/design/helpers/offset.js"

const SERVER = Date.parse("2025-10-24T14:02:11Z")

test("it goes by the server however this computer's clock is set", () => {
  const clock = new ServerClock()
  clock.hear(SERVER, SERVER + 180_000, 5000)
  assert.equal(clock.now(6000), SERVER + 1000)
})

test("it tells of a computer that is off by more than two minutes", () => {
  const clock = new ServerClock()
  clock.hear(SERVER, SERVER + 180_000, 0)
  assert.equal(clock.minutesOff(), 3)
  clock.hear(SERVER, SERVER - 150_000, 0)
  assert.equal(clock.minutesOff(), -2)
  clock.hear(SERVER, SERVER + 119_000, 0)
  assert.equal(clock.minutesOff(), 0)
})

test("it is stale when ten seconds passed without a word", () => {
  const clock = new ServerClock()
  clock.hear(SERVER, SERVER, 0)
  assert.equal(clock.isStale(10_000), false)
  assert.equal(clock.isStale(10_001), true)
  clock.touch(10_001)
  assert.equal(clock.isStale(15_000), false)
})

test("it knows nothing before the first word, and after a sleep", () => {
  const clock = new ServerClock()
  clock.touch(100)
  assert.equal(clock.isStale(100), true)
  clock.hear(SERVER, SERVER, 100)
  clock.forget()
  assert.equal(clock.isStale(101), true)
})

test("it says when the server was last heard", () => {
  const clock = new ServerClock()
  clock.hear(SERVER, SERVER, 4000)
  assert.equal(clock.lastHeard(), SERVER)
})
