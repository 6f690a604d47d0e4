import assert from "node:assert/strict"
import { test } from "node:test"

import { fill } from "../../design/static/design/helpers/text.js"
import { GRACE, age, inOrder, line, mustAsk, sayable, words } from "../static/desk/helpers/company.js"

const say = {
  fill,
  company: {
    view: "{name} is viewing",
    reply: "{name} is replying",
    lost: "{name} lost connection",
    ago: "{words} ({age} ago)",
    seconds: "{seconds} s",
  },
  times: { minutes: "{minutes} min" },
}
const one = (more) => ({ name: "Ben", doing: "reply", lost: false, at: 1000, ...more })

test("a writer is said with an age, a viewer without", () => {
  assert.equal(line(one(), 5900, say), "Ben is replying (4 s ago)")
  assert.equal(line(one({ doing: "view" }), 5900, say), "Ben is viewing")
  assert.equal(line(one({ lost: true, doing: "view" }), 41_000, say), "Ben lost connection (40 s ago)")
  assert.equal(words(one(), say), "Ben is replying")
})

test("an age is never negative, and turns into minutes", () => {
  assert.equal(age(one(), 0, say), "0 s")
  assert.equal(age(one(), 121_000, say), "2 min")
})

test("silence makes the page ask, and in the end say nothing", () => {
  const on = [one()]
  assert.equal(mustAsk(on, 26_000, 25_000), false)
  assert.equal(mustAsk(on, 26_001, 25_000), true)
  assert.equal(sayable(on, 26_000 + GRACE, 25_000).length, 1)
  assert.equal(sayable(on, 26_001 + GRACE, 25_000).length, 0)
  assert.equal(mustAsk([one({ lost: true })], 10 ** 9, 25_000), false)
  assert.equal(sayable([one({ lost: true })], 10 ** 9, 25_000).length, 1)
})

test("writers stand first and the lost last", () => {
  const on = [one({ lost: true, name: "A" }), one({ doing: "view", name: "B" }), one({ name: "C" })]
  assert.deepEqual(inOrder(on).map(({ name }) => name), ["C", "B", "A"])
})
