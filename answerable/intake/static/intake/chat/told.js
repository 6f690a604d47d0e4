// A chat as far as this page has it: entries under the server's numbers, each once and in order,
// and lines of ours that have no number yet. It knows no page.

export class Gap extends Error {}

const CHANGES = ["edited", "deleted"]

export class Told {
  last = 0
  entries = []
  sent = new Set()

  // Take the next entry; return what is to be shown anew: it, or the one that it changes, or null.
  take(entry) {
    if (entry.seq <= this.last) return null
    if (entry.seq > this.last + 1) throw new Gap(`${entry.seq} after ${this.last}`)
    this.last = entry.seq
    if (entry.token) this.sent.add(entry.token)
    if (CHANGES.includes(entry.kind)) return this.#change(entry)
    this.entries.push(entry)
    return entry
  }

  // Lines that wait for a number, without those that have one by now.
  waiting(lines) {
    return lines.filter((line) => !this.sent.has(line.token))
  }

  #change({ of, kind, html, text, deleted }) {
    const before = this.entries.find((one) => one.seq === of)
    if (!before) return null
    const isGone = before.deleted || deleted || kind === "deleted"
    return Object.assign(before, isGone ? { deleted: true, html: "", text: "", files: [] } : { edited: true, html, text })
  }
}

// What is said beside a line of ours.
export function stateOf(entry, seen = {}) {
  return entry.seq <= (seen.agent ?? 0) ? "seen" : "sent"
}

// Whether a line goes on where the one above it ended: the same person, within two minutes.
export function goesOn(before, entry) {
  const isSame = before?.kind === "said" && entry.kind === "said" && before.side === entry.side && before.name === entry.name
  return Boolean(isSame) && Date.parse(entry.at) - Date.parse(before.at) < 120_000
}
