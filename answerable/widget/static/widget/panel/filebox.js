// Files that were chosen and not sent, in IndexedDB; in memory where there is none.

const STORE = "files"

export class FileBox {
  isKept = true
  #memory = new Map()
  #next = -1

  constructor(name) {
    this.name = name
  }

  async put(place, file) {
    const row = { place, name: file.name, type: file.type, file, at: Date.now() }
    try {
      return await this.#do("readwrite", (store) => store.add(row))
    } catch {
      this.isKept = false
      this.#memory.set(this.#next, row)
      return this.#next--
    }
  }

  async of(place) {
    const rows = [...this.#memory].map(([id, row]) => ({ id, ...row }))
    try {
      const keys = await this.#do("readonly", (store) => store.getAllKeys())
      const values = await this.#do("readonly", (store) => store.getAll())
      rows.unshift(...values.map((row, at) => ({ id: keys[at], ...row })))
    } catch {
      this.isKept = false
    }
    return rows.filter((row) => row.place === place)
  }

  async drop(id) {
    if (this.#memory.delete(id)) return
    await this.#do("readwrite", (store) => store.delete(id)).catch(() => (this.isKept = false))
  }

  async empty(place) {
    for (const row of await this.of(place)) await this.drop(row.id)
  }

  async clear() {
    this.#memory.clear()
    await this.#do("readwrite", (store) => store.clear()).catch(() => (this.isKept = false))
  }

  async #do(mode, act) {
    const base = await asked(this.#opening())
    try {
      return await asked(act(base.transaction(STORE, mode).objectStore(STORE)))
    } finally {
      base.close()
    }
  }

  #opening() {
    const opening = indexedDB.open(this.name, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { autoIncrement: true })
    return opening
  }
}

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
