// What may sound: an offer once, whichever pages show it, and six in an hour at the most; a business-critical
// one every thirty seconds while it stands. Pure: the caller says what time it is and keeps what was heard.

export const MOST = 6
export const WITHIN = 3_600_000
export const TOGETHER = 3000
export const INSISTS = 30_000

// `heard` is what sounded: [{ key, at, loud }]. Returns whether `key` may sound now, and what is heard then.
export function mayRing(heard, key, now) {
  const lately = heard.filter(({ at }) => now - at < WITHIN)
  const counted = lately.filter(({ loud }) => loud)
  const known = lately.some((one) => one.key === key)
  const together = counted.some(({ at }) => now - at < TOGETHER)
  const loud = !known && !together && counted.length < MOST
  return { rings: loud, heard: known ? lately : [...lately, { key, at: now, loud }] }
}

// How often an insistent one has sounded by now, the first time at once: each round sounds once.
export function roundOf(since, now) {
  return Math.floor(Math.max(0, now - since) / INSISTS)
}

// The same for one that insists: its rounds are not counted among the six.
export function mayInsist(heard, key, round, now) {
  const name = `${key}/${round}`
  const lately = heard.filter(({ at }) => now - at < WITHIN)
  if (lately.some((one) => one.key === name)) return { rings: false, heard: lately }
  return { rings: true, heard: [...lately, { key: name, at: now, loud: false }] }
}
