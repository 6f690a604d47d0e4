// What is said of colleagues on a ticket, by what the server told last. Pure; instants are milliseconds, and
// `say` has the words and how they are filled.


// For so long a companion may be asked about anew before nothing is said of them any more.
export const GRACE = 10_000

// Whom something may be said of: what the server was not heard about for too long is not repeated.
export const sayable = (on, now, fresh) => on.filter((one) => one.lost || now - one.at <= fresh + GRACE)

// Whether somebody fell silent since we were told: then the server is asked whether they are lost.
export const mustAsk = (on, now, fresh) => on.some((one) => !one.lost && now - one.at > fresh)

// Writers first, then who looks on, then who is lost.
export const inOrder = (on) => [...on].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))

const rank = (one) => (one.lost ? 2 : Number(one.doing === "view"))

// “Ben is replying”, without an age, for lists and ears.
export function words(one, say) {
  return say.fill(one.lost ? say.company.lost : say.company[one.doing], { name: one.name })
}

// “Ben is replying (4 s ago)”, “Ben is viewing”, “Ben lost connection (40 s ago)”.
export function line(one, now, say) {
  if (one.doing === "view" && !one.lost) return words(one, say)
  return say.fill(say.company.ago, { words: words(one, say), age: age(one, now, say) })
}

export function age(one, now, say) {
  const seconds = Math.max(0, Math.floor((now - one.at) / 1000))
  if (seconds < 60) return say.fill(say.company.seconds, { seconds })
  return say.fill(say.times.minutes, { minutes: Math.floor(seconds / 60) })
}
