// How a row is read aloud, as time passes. The twin of left_words in answerable/desk/words.py; what a
// countdown says comes from the design room, and is handed in so that this runs without a server.

export function leftWords(due, now, say, { HOUR, fill, lateness, plural, secondsLeft, span }) {
  const left = secondsLeft(due, now)
  if (left < 0) return lateness(due, now, say)
  if (left >= HOUR) return fill(say.left, { time: span(left, say) })
  const minutes = Math.floor(left / 60)
  return fill(plural(say.minutes_left, minutes, say.language), { minutes })
}
