// What a countdown says. The twin of answerable/lib/times.py; both follow ux.md 3.2.
// Instants are milliseconds; `say` holds the translated patterns, the language and the zone.

import { clockTime, dated, sameDay } from "./moments.js"
import { fill, plural } from "./text.js"

export const MINUTE = 60
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const SECONDS_SHOWN = 10 * MINUTE
const DATE_SHOWN = 48 * HOUR
const YEAR_SHOWN = 180 * DAY

export function secondsLeft(due, now) {
  return Math.floor((due - now) / 1000)
}

export function span(seconds, say) {
  if (seconds >= DATE_SHOWN) {
    return fill(say.times.days, { days: whole(seconds, DAY), hours: whole(seconds % DAY, HOUR) })
  }
  if (seconds >= HOUR) return hoursAndMinutes(seconds, say)
  return fill(say.times.minutes, { minutes: whole(seconds, MINUTE) })
}

// "7:03", "42 min", "5 h 12 min", "Thu 30 Oct 10:00", or "4 min late".
export function agentLeft(due, now, say) {
  const left = secondsLeft(due, now)
  if (left < 0) return lateness(due, now, say)
  if (left < SECONDS_SHOWN) return `${whole(left, MINUTE)}:${String(left % MINUTE).padStart(2, "0")}`
  if (due - now > DATE_SHOWN * 1000) return dated(due, say, "date_short")
  return left >= HOUR ? hoursAndMinutes(left, say) : span(left, say)
}

export function lateness(due, now, say) {
  const minutes = Math.ceil((now - due) / 1000 / MINUTE)
  return fill(say.times.late, { time: span(minutes * MINUTE, say) })
}

// "by 15:10 today, in 42 minutes", or "was due at 15:10".
export function customerDue(due, now, say) {
  const left = secondsLeft(due, now)
  if (left < 0) return wasDue(due, now, say)
  const by = customerBy(due, now, say)
  if (left >= HOUR) return by
  return fill(say.times.by_in, { by, left: inMinutes(whole(left, MINUTE), say) })
}

export function customerBy(due, now, say) {
  if (sameDay(due, now, say)) return fill(say.times.by_today, { time: clockTime(due, say) })
  return fill(say.times.by_moment, { moment: customerMoment(due, now, say) })
}

export function customerMoment(instant, now, say) {
  const far = Math.abs(instant - now) > DATE_SHOWN * 1000
  return dated(instant, say, far ? "date_long" : "moment")
}

// The shortest unmistakable time, for agents: "15:10", "Mon 09:00", "Thu 30 Oct 10:00".
export function moment(instant, now, say) {
  if (sameDay(instant, now, say)) return clockTime(instant, say)
  const away = Math.abs(instant - now) / 1000
  if (away > YEAR_SHOWN) return dated(instant, say, "date_year")
  return dated(instant, say, away > DATE_SHOWN ? "date_short" : "moment")
}

function wasDue(due, now, say) {
  if (sameDay(due, now, say)) return fill(say.times.was_due_today, { time: clockTime(due, say) })
  return fill(say.times.was_due, { moment: customerMoment(due, now, say) })
}

function inMinutes(minutes, say) {
  if (minutes === 0) return say.times.in_under_a_minute
  return fill(plural(say.in_minutes, minutes, say.language), { minutes })
}

function hoursAndMinutes(seconds, say) {
  return fill(say.times.hours, { hours: whole(seconds, HOUR), minutes: whole(seconds % HOUR, MINUTE) })
}

function whole(seconds, unit) {
  return Math.floor(seconds / unit)
}
