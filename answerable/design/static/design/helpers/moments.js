// Instants as wall times in the reader's zone. `say` holds the zone, the names and the patterns.

import { fill } from "./text.js"

const MINUTE = 60_000
const formats = new Map()

// "15:10", or "02:10 (UTC+1)" in the hour that a clock going back shows twice.
export function clockTime(instant, say) {
  const time = hoursAndMinutes(instant, say)
  return happensTwice(instant, say) ? `${time} (${offsetName(instant, say)})` : time
}

export function clockSeconds(instant, say) {
  return `${hoursAndMinutes(instant, say)}:${two(wall(instant, say).second)}`
}

export function dated(instant, say, pattern) {
  const { year, month, day } = wall(instant, say)
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7
  return fill(say.times[pattern], {
    weekday: say.names.weekdays[weekday],
    day,
    year,
    month: say.names[pattern === "date_long" ? "months" : "months_short"][month - 1],
    time: clockTime(instant, say),
  })
}

export function sameDay(one, other, say) {
  const [a, b] = [wall(one, say), wall(other, say)]
  return a.year === b.year && a.month === b.month && a.day === b.day
}

export function offsetName(instant, say) {
  const minutes = offsetMinutes(instant, say)
  if (minutes === 0) return "UTC"
  const hours = Math.floor(Math.abs(minutes) / 60)
  const rest = Math.abs(minutes) % 60
  return `UTC${minutes > 0 ? "+" : "−"}${hours}${rest ? `:${two(rest)}` : ""}`
}

function happensTwice(instant, say) {
  const time = hoursAndMinutes(instant, say)
  return [-60, -30, 30, 60].some((step) => hoursAndMinutes(instant + step * MINUTE, say) === time)
}

function hoursAndMinutes(instant, say) {
  const { hour, minute } = wall(instant, say)
  return `${two(hour)}:${two(minute)}`
}

function offsetMinutes(instant, say) {
  const { year, month, day, hour, minute } = wall(instant, say)
  const there = Date.UTC(year, month - 1, day, hour, minute)
  return (there - Math.floor(instant / MINUTE) * MINUTE) / MINUTE
}

// The date and time that a clock on the wall of the zone shows.
function wall(instant, { zone }) {
  const parts = format(zone).formatToParts(instant).filter(({ type }) => type !== "literal")
  return Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]))
}

// A formatter costs far more than what it formats, and a queue counts fifty times a second.
function format(zone) {
  if (!formats.has(zone)) {
    const two = "2-digit"
    const fields = { year: "numeric", month: two, day: two, hour: two, minute: two, second: two }
    formats.set(zone, new Intl.DateTimeFormat("en", { ...fields, hourCycle: "h23", timeZone: zone }))
  }
  return formats.get(zone)
}

function two(number) {
  return String(number).padStart(2, "0")
}
