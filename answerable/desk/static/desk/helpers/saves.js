// How a page names its saves, and what it left behind that the server had not heard.
// The server's side of it is tickets/core/saving.py.

export class Names {
  #page
  #turn = 0

  constructor(page) {
    this.#page = page
  }

  get coming() {
    return `${this.#page}.${this.#turn + 1}`
  }

  next() {
    const name = this.coming
    this.#turn += 1
    return name
  }
}

// Words that were left go on from what the server has: from what their page began with, or from an earlier
// save of that page. Where it has other words, those came from elsewhere, later.
export function unheard(left, version) {
  return Boolean(left) && (left.base === version || isLater(left.name, version))
}

// Of the same page, and later.
export function isLater(name, other) {
  const [page, turn] = partsOf(name)
  const [otherPage, otherTurn] = partsOf(other)
  return page === otherPage && turn > otherTurn
}

// A page without TLS has no randomUUID.
export function pageName() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}

function partsOf(name) {
  const [page, turn] = name.split(".")
  return [page, Number(turn)]
}
