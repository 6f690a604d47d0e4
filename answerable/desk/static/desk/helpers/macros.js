// Finding macros and colleagues while one types, and the gaps that are left in a text. Pure.

// The word that begins with an @ at the caret, as slashAt finds one that begins with a slash.
export function mentionAt(text, caret) {
  const found = text.slice(0, caret).match(/(?:^|[\s(])@([^\s@]{0,30})$/u)
  return found ? { from: caret - found[1].length - 1, query: found[1] } : null
}

// The word that begins with a slash at the caret: {from, query}; null where there is none.
export function slashAt(text, caret) {
  const found = text.slice(0, caret).match(/(?:^|\s)\/(\S{0,30})$/u)
  return found ? { from: caret - found[1].length - 1, query: found[1] } : null
}

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "")

// Names that begin with the query come first, then those with a word that does, then texts that have it.
export function matching(answers, query, most = 8) {
  const wanted = plain(query)
  const ranked = answers.map((answer, index) => ({ answer, index, rank: rank(answer, wanted) }))
  return ranked
    .filter((one) => one.rank < 4)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, most)
    .map((one) => one.answer)
}

function rank({ name, body }, wanted) {
  const title = plain(name)
  if (title.startsWith(wanted)) return 0
  if (title.split(/[\s\-–:/]+/).some((word) => word.startsWith(wanted))) return 1
  if (title.includes(wanted)) return 2
  return plain(body).includes(wanted) ? 3 : 4
}

// The text with a macro in place of the slash and its word, and where the caret stands then.
export function inserted(text, caret, from, body) {
  return { text: text.slice(0, from) + body + text.slice(caret), caret: from + body.length }
}

// The names in braces that nobody has filled in.
export function gaps(text) {
  return [...new Set([...text.matchAll(/\{([a-z][a-z._]*)\}/gu)].map((found) => found[1]))]
}
