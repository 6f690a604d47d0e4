// How a row is read aloud, as time passes. The twin of left_words in answerable/desk/words.py.

import { HOUR, lateness, secondsLeft, span } from "../../design/helpers/countdown.js"
import { fill, plural } from "../../design/helpers/text.js"

export function leftWords(due, now, say) {
  const left = secondsLeft(due, now)
  if (left < 0) return lateness(due, now, say)
  if (left >= HOUR) return fill(say.left, { time: span(left, say) })
  const minutes = Math.floor(left / 60)
  return fill(plural(say.minutes_left, minutes, say.language), { minutes })
}
