import assert from "node:assert/strict"
import { test } from "node:test"

import { Pace } from "../static/design/helpers/pace.js"

test("changes that come together are fetched once, a little later", () => {
  assert.equal(new Pace({ wait: 150, gap: 340 }).delay(0), 150)
})

test("under heavy traffic it fetches three times a second at the most", () => {
  const pace = new Pace({ wait: 150, gap: 340 })
  let now = 0
  let fetched = 0
  while (now < 10_000) {
    now += pace.delay(now)
    pace.started(now)
    fetched += 1
  }
  assert.ok(fetched <= 30, `${fetched} in ten seconds`)
  assert.ok(fetched >= 25, `${fetched} in ten seconds`)
})
