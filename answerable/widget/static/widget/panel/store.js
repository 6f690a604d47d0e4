// What a person typed, kept in the browser under the workspace's name; where the browser keeps
// nothing, in memory for as long as the page is open.

export class Store {
  isKept = true
  #memory = new Map()

  constructor(prefix) {
    this.prefix = prefix
  }

  read(name) {
    if (this.#memory.has(name)) return this.#memory.get(name)
    try {
      return JSON.parse(localStorage.getItem(this.prefix + name))
    } catch {
      return null
    }
  }

  write(name, value) {
    try {
      localStorage.setItem(this.prefix + name, JSON.stringify(value))
      this.#memory.delete(name)
    } catch {
      this.isKept = false
      this.#memory.set(name, value)
    }
  }

  remove(name) {
    this.#memory.delete(name)
    try {
      localStorage.removeItem(this.prefix + name)
    } catch {
      this.isKept = false
    }
  }

  names(start) {
    const found = [...this.#memory.keys()]
    try {
      found.push(...Object.keys(localStorage).filter((key) => key.startsWith(this.prefix)).map((key) => key.slice(this.prefix.length)))
    } catch {
      this.isKept = false
    }
    return [...new Set(found)].filter((name) => name.startsWith(start))
  }

  clear() {
    for (const name of this.names("")) this.remove(name)
  }
}
