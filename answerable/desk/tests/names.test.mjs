import assert from "node:assert/strict"
import { test } from "node:test"

import * as countdown from "../../design/static/design/helpers/countdown.js"
import * as text from "../../design/static/design/helpers/text.js"
import { leftWords } from "../static/desk/helpers/names.js"

const say = {
  language: "en",
  zone: "Europe/Berlin",
  times: { minutes: "{minutes} min", hours: "{hours} h {minutes} min", days: "{days} d {hours} h", late: "{time} late" },
  minutes_left: { one: "{minutes} minute left", other: "{minutes} minutes left" },
  left: "{time} left",
}
const minutes = (count) => count * 60_000

for (const [left, words] of [
  [6.9, "6 minutes left"],
  [1, "1 minute left"],
  [0.5, "0 minutes left"],
  [59.9, "59 minutes left"],
  [312, "5 h 12 min left"],
  [-3.1, "4 min late"],
]) {
  test(`a row is read aloud with ${words}`, () => {
    assert.equal(leftWords(minutes(1000 + left), minutes(1000), say, { ...countdown, ...text }), words)
  })
}
