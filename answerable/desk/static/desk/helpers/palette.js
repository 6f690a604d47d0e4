// What fits what somebody types into the command palette, and in which order. Pure.

// What a first character asks for alone: tickets, commands, people, answers.
const KINDS = { "#": "ticket", ">": "command", "@": "person", "?": "answer" }
const STARTS = 1
const INITIALS = 3
const WITHIN = 5
// Words that are not shown count less than the worst of those that are.
const BESIDE = 10
const EACH_LEFT_OUT = 0.01

export const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "")

// "@ben" asks for people alone: {kind: "person", words: "ben"}.
export function asked(text) {
  const kind = KINDS[text[0]] ?? ""
  return { kind, words: (kind ? text.slice(1) : text).trim() }
}

// How well words fit what was typed: less is better, null not at all.
export function fit(words, typed) {
  const [text, query] = [plain(words), plain(typed).trim()]
  if (!query || text === query) return 0
  if (text.startsWith(query)) return STARTS
  const tokens = text.split(/[^\p{L}\p{N}#]+/u).filter(Boolean)
  const wanted = query.split(/\s+/u)
  if (beginInOrder(tokens, wanted)) return STARTS + 1
  const left = leftOut(tokens, query.replaceAll(/\s+/gu, ""))
  if (left !== null) return INITIALS + Math.min(left, 50) * EACH_LEFT_OUT
  if (text.includes(query)) return WITHIN
  return wanted.every((word) => tokens.some((token) => token.startsWith(word))) ? WITHIN + 1 : null
}

function beginInOrder(tokens, wanted) {
  let from = 0
  return wanted.every((word) => {
    const at = tokens.findIndex((token, index) => index >= from && token.startsWith(word))
    from = at + 1
    return at >= 0
  })
}

// "rn" are the beginnings of “Reply and next”, of which one word is left out; null where they are not.
function leftOut(tokens, letters) {
  const fewest = new Map([[0, 0]]) // by how many letters are spelled
  for (const token of tokens) {
    for (const [spelled, left] of [...fewest].sort(([one], [other]) => other - one)) {
      for (let length = 1; letters.startsWith(token.slice(0, length), spelled) && length <= token.length; length += 1) {
        if (spelled + length > letters.length) break
        keepFewest(fewest, spelled + length, left)
      }
      if (spelled < letters.length) fewest.set(spelled, left + 1)
    }
  }
  return fewest.get(letters.length) ?? null
}

function keepFewest(fewest, spelled, left) {
  const before = fewest.get(spelled)
  if (before === undefined || left < before) fewest.set(spelled, left)
}

function best(entry, typed) {
  const shown = fit(entry.words, typed)
  if (shown !== null || !entry.also) return shown
  const beside = fit(entry.also, typed)
  return beside === null ? null : beside + BESIDE
}

// Beginnings come before initials, and these before what has the letters somewhere.
export const classOf = (fits) => [INITIALS, WITHIN, BESIDE, Infinity].findIndex((end) => fits < end)

// Those that fit: of each class what was used before first, then by how well it fits. What cannot be done comes
// last, and only where its words or their initials are typed.
export function ranked(entries, typed, recent = []) {
  return entries
    .map((entry, index) => ({ entry, index, fits: best(entry, typed), used: place(recent, entry.id) }))
    .filter((one) => one.fits !== null && (!one.entry.lacks || one.fits < WITHIN))
    .sort((a, b) => Number(Boolean(a.entry.lacks)) - Number(Boolean(b.entry.lacks)) || classOf(a.fits) - classOf(b.fits) || a.used - b.used || a.fits - b.fits || a.index - b.index)
    .map((one) => one.entry)
}

function place(recent, id) {
  const at = recent.indexOf(id)
  return at < 0 ? recent.length : at
}
