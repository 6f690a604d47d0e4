import assert from "node:assert/strict"
import { test } from "node:test"

import { between, counted, quality, talkTime } from "../static/voice/call/quality.js"

const audio = (came, lost, jitter = 0.01) => ({ type: "inbound-rtp", kind: "audio", packetsReceived: came, packetsLost: lost, jitter })
const pair = (trip) => ({ type: "candidate-pair", nominated: true, currentRoundTripTime: trip })

test("a line is good, weak or bad by the worst of its figures", () => {
  assert.equal(quality({ lost: 0, trip: 0.05, jitter: 0.01 }), "good")
  assert.equal(quality({ lost: 0.05, trip: 0.05, jitter: 0.01 }), "weak")
  assert.equal(quality({ lost: 0, trip: 0.5, jitter: 0.01 }), "weak")
  assert.equal(quality({ lost: 0, trip: 0.05, jitter: 0.2 }), "bad")
})

test("it is judged by what came since the last look", () => {
  const before = counted([audio(1000, 400), pair(0.1), { type: "codec" }])
  const after = counted([audio(1090, 410), pair(0.3)])
  assert.deepEqual(between(before, after), { lost: 0.1, trip: 0.3, jitter: 0.01 })
})

test("nothing that came at all says nothing of the line", () => {
  const still = counted([audio(1000, 4)])
  assert.equal(between(still, still), null)
})

test("time is told in minutes, then in hours", () => {
  assert.equal(talkTime(-1), "00:00")
  assert.equal(talkTime(192.7), "03:12")
  assert.equal(talkTime(3792), "1:03:12")
})
