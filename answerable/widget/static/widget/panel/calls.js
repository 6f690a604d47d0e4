// Asks the server, in the name of whoever is here. A session is opened by the vendor's token, and
// kept for other pages and tabs: a token opens one.

export class SessionOver extends Error {
  stops = true // Trying again is of no use: first somebody must sign in.
}

const LEEWAY = 30_000

export class Calls {
  person = ""
  #opening
  #visit

  constructor(desk, store, alone, wipe) {
    this.desk = desk
    this.store = store
    this.alone = alone
    this.wipe = wipe
    this.#visit = visit(desk.prefix)
  }

  // Return { status, html }. Raises SessionOver, and TypeError where nobody answers, or with trouble.
  async view(name, values = {}, options = {}) {
    let answer = await this.#ask(name, values, options)
    if (answer.status === 401) {
      this.forget()
      answer = await this.#ask(name, values, options)
    }
    if (answer.status === 401) throw new SessionOver()
    if (answer.status >= 500) throw new TypeError(`${name}: ${answer.status}`)
    return { status: answer.status, html: await answer.text() }
  }

  async #ask(name, values, options) {
    const body = values instanceof FormData ? values : new URLSearchParams(values)
    const session = await this.session()
    return this.#fetch(`views/${name}/`, { method: "POST", body, headers: this.#headers(session), ...options })
  }

  async stream(topics, after, signal) {
    return this.follow(`stream/?${new URLSearchParams({ topics: topics.join(","), after })}`, signal)
  }

  async follow(path, signal) {
    const ask = async () => this.#fetch(path, { headers: this.#headers(await this.session()), signal })
    const answer = await ask()
    if (answer.status !== 401) return answer
    this.forget()
    return ask()
  }

  async withoutSession(name) {
    const answer = await this.#fetch(`views/${name}/`, { method: "POST", body: new URLSearchParams({ locale: this.desk.language }) })
    return answer.text()
  }

  // Of two tabs with one token, one opens the session, and the other finds it.
  session() {
    const held = this.#held()
    if (held) return held
    this.#opening ??= this.alone("session", async () => this.#held() ?? (await this.#open())).finally(() => (this.#opening = undefined))
    return this.#opening
  }

  #held() {
    const held = this.store.read(this.#name())
    if (!held || Date.parse(held.expires) < Date.now() + LEEWAY) return null
    this.person = held.person
    return held.session
  }

  forget() {
    this.store.remove(this.#name())
  }

  #name() {
    return `session:${this.#mark()}`
  }

  #keep(session, expires) {
    const isOver = (name) => !(Date.parse(this.store.read(name)?.expires) > Date.now())
    for (const name of this.store.names("session:")) if (isOver(name)) this.store.remove(name)
    this.store.write(this.#name(), { session, expires, person: this.person })
  }

  async #open() {
    const { identity } = this.desk
    const token = typeof identity === "function" ? await identity() : identity
    const body = JSON.stringify(token ? { identity: token } : {})
    const headers = { "Content-Type": "application/json", "Accept-Language": this.desk.language }
    const answer = await this.#fetch("session/", { method: "POST", body, headers })
    if (!answer.ok) throw new SessionOver((await answer.json().catch(() => ({}))).reason)
    const facts = await answer.json()
    this.person = String(facts.person?.key ?? "")
    await this.#keepApart()
    this.#keep(facts.session, facts.expires_at)
    return facts.session
  }

  // What one person typed is gone before another one is let in.
  async #keepApart() {
    const before = this.store.read("person")
    if (before && this.person && before !== this.person) await this.wipe()
    if (this.person) this.store.write("person", this.person)
  }

  #headers(session) {
    return { Authorization: `Bearer ${session}`, "Accept-Language": this.desk.language, "X-Visit": this.#visit }
  }

  // By what a token is known again: the end of its signature, which opens nothing.
  #mark() {
    const { identity } = this.desk
    return typeof identity === "function" ? "asked" : identity.slice(-16)
  }

  #fetch(path, options) {
    return fetch(new URL(path, this.desk.home), { credentials: "omit", cache: "no-store", ...options })
  }
}

function visit(prefix) {
  try {
    const name = `${prefix}visit`
    const made = sessionStorage.getItem(name) ?? newName()
    sessionStorage.setItem(name, made)
    return made
  } catch {
    return newName()
  }
}

// A page without TLS has no randomUUID.
function newName() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
