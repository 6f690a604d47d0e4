import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { agentLeft, customerBy, customerDue, moment } from "../static/design/helpers/countdown.js"
import { clockSeconds, clockTime, offsetName } from "../static/design/helpers/moments.js"

const table = JSON.parse(readFileSync(new URL("../../lib/tests/countdown.json", import.meta.url)))
const words = JSON.parse(readFileSync(new URL("words.json", import.meta.url)))
const berlin = { ...words, language: "en", zone: "Europe/Berlin" }
const at = (text) => Date.parse(text)

for (const [name, due, now, agent, customer] of table.cases) {
  test(`it says what is left: ${name}`, () => {
    const say = { ...words, language: "en", zone: table.zone }
    assert.equal(agentLeft(at(due), at(now), say), agent)
    assert.equal(customerDue(at(due), at(now), say), customer)
  })
}

test("it rounds down within a second", () => {
  assert.equal(agentLeft(at("2025-10-24T15:10:00.000Z"), at("2025-10-24T15:00:00.001Z"), berlin), "9:59")
})

test("it keeps a time true while offline", () => {
  const now = at("2025-10-24T12:00:00+02:00")
  assert.equal(customerBy(at("2025-10-24T12:42:00+02:00"), now, berlin), "by 12:42 today")
  assert.equal(moment(at("2025-10-30T10:00:00+01:00"), now, berlin), "Thu 30 Oct 10:00")
  assert.equal(moment(at("2024-10-24T10:00:00+02:00"), now, berlin), "24 Oct 2024")
})

test("it writes the time in the reader's zone, not the computer's", () => {
  const due = at("2025-10-24T15:10:00+02:00")
  assert.equal(clockTime(due, { ...berlin, zone: "Asia/Kathmandu" }), "18:55")
  assert.equal(offsetName(due, { ...berlin, zone: "Asia/Kathmandu" }), "UTC+5:45")
  assert.equal(clockSeconds(at("2025-10-24T00:02:11+02:00"), berlin), "00:02:11")
})

test("it names days and months as the server does", () => {
  const german = { ...berlin, names: { ...words.names, weekdays: ["Mo", "Di"], months_short: [...Array(11), "Dez"] } }
  assert.equal(moment(at("2025-12-30T10:00:00+01:00"), at("2025-12-01T10:00:00+01:00"), german), "Di 30 Dez 10:00")
})
