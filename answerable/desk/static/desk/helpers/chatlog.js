// The entries of a chat in the order of their numbers, whatever order they arrive in, and however often.
// Pure: entries are plain data, and nothing here knows the page.

const CHANGES = new Set(["edited", "deleted"])

export class ChatLog {
  #lines = new Map()
  #changes = new Map()
  #known = new Set()
  #after = 0

  // Up to which number there is no gap: a stream that is lost is taken up again after it.
  get after() {
    return this.#after
  }

  // Takes an entry, and returns the line that it adds or changes; null where that was known.
  take(entry) {
    if (this.#known.has(entry.seq)) return null
    this.#known.add(entry.seq)
    while (this.#known.has(this.#after + 1)) this.#after++
    return CHANGES.has(entry.kind) ? this.#change(entry) : this.#add(entry)
  }

  #add(entry) {
    const change = this.#changes.get(entry.seq)
    const line = { ...entry, ...(change ? changed(change) : {}) }
    this.#lines.set(entry.seq, line)
    return line
  }

  #change(entry) {
    const before = this.#changes.get(entry.of)
    if (before && before.seq > entry.seq) return null
    this.#changes.set(entry.of, entry)
    const line = this.#lines.get(entry.of)
    if (!line) return null
    const next = { ...line, ...changed(entry) }
    this.#lines.set(entry.of, next)
    return next
  }

  line(seq) {
    return this.#lines.get(seq)
  }

  // The number of the first line after this one; undefined at the end.
  following(seq) {
    return [...this.#lines.keys()].filter((other) => other > seq).sort((a, b) => a - b)[0]
  }

  // The last line of the reader's own that may still be changed.
  lastOwn(name, until) {
    const own = [...this.#lines.values()].filter((line) => isChangeable(line, name, until))
    return own.sort((a, b) => b.seq - a.seq)[0]
  }
}

function changed({ kind, html, text, deleted }) {
  const gone = kind === "deleted" || deleted
  return gone ? { deleted: true } : { html, text, edited: true }
}

const CHANGEABLE = 60_000

export function isChangeable(line, name, now) {
  return line.kind === "said" && line.mine && line.name === name && !line.deleted && now - Date.parse(line.at) < CHANGEABLE
}

// Whether a line goes on under the head of the one before it.
export function continues(line, before) {
  if (!before || before.kind !== line.kind || line.kind !== "said") return false
  return before.name === line.name && before.side === line.side && Date.parse(line.at) - Date.parse(before.at) < 5 * CHANGEABLE
}
