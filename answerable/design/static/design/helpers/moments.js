// Instants as wall times in the reader's zone. `say` holds the language, the zone and the patterns.

import { fill } from "./text.js"

const MINUTE = 60_000
const formats = new Map()

// "15:10", or "02:10 (UTC+1)" in the hour that a clock going back shows twice.
export function clockTime(instant, say) {
  const time = wallTime(instant, say)
  return happensTwice(instant, say) ? `${time} (${offsetName(instant, say)})` : time
}

export function clockSeconds(instant, say) {
  return format(say, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(instant)
}

export function dated(instant, say, pattern) {
  return fill(say.times[pattern], {
    weekday: undotted(part(instant, say, { weekday: "short" }, "weekday")),
    day: part(instant, say, { day: "numeric" }, "day"),
    month: monthName(instant, say, pattern === "date_long" ? "long" : "short"),
    time: clockTime(instant, say),
  })
}

export function sameDay(one, other, say) {
  const day = format(say, { year: "numeric", month: "numeric", day: "numeric" })
  return day.format(one) === day.format(other)
}

export function offsetName(instant, say) {
  const minutes = offsetMinutes(instant, say)
  if (minutes === 0) return "UTC"
  const rest = Math.abs(minutes) % 60
  const hours = Math.floor(Math.abs(minutes) / 60)
  return `UTC${minutes > 0 ? "+" : "−"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`
}

function happensTwice(instant, say) {
  return [-60, -30, 30, 60].some((step) => wallTime(instant + step * MINUTE, say) === wallTime(instant, say))
}

function wallTime(instant, say) {
  return format(say, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(instant)
}

function offsetMinutes(instant, say) {
  const fields = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", hourCycle: "h23" }
  const parts = format({ ...say, language: "en" }, fields).formatToParts(instant)
  const read = (type) => Number(parts.find((p) => p.type === type).value)
  const wall = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"))
  return Math.round((wall - instant) / MINUTE)
}

function monthName(instant, say, width) {
  return undotted(part(instant, say, { day: "numeric", month: width }, "month"))
}

// Some languages put a full stop after a short name, which our patterns leave to the translator.
function undotted(name) {
  return name.replace(/\.$/, "")
}

function part(instant, say, options, type) {
  return format(say, options).formatToParts(instant).find((p) => p.type === type).value
}

// A formatter costs far more than what it formats, and a queue counts fifty times a second.
function format(say, options) {
  const key = `${say.language} ${say.zone} ${JSON.stringify(options)}`
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(british(say.language), { ...options, timeZone: say.zone }))
  }
  return formats.get(key)
}

function british(language) {
  return language === "en" ? "en-GB" : language
}
