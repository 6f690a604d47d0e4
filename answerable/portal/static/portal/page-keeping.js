// What a box for messages needs of a page of ours: where lines are kept, how the server is asked, and how
// somebody is told.

import { whisper } from "../design/tell.js"

const TIMEOUT = 12_000

export class PageKeeping {
  #memory = new Map()

  constructor(address) {
    this.address = address
    this.prefix = `chat:${document.body.dataset.person ?? ""}:`
  }

  say(words) {
    whisper(words)
  }

  async ask(what, values = {}) {
    const body = values instanceof FormData ? values : new URLSearchParams(values)
    const headers = { "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "" }
    const answer = await fetch(`${this.address}${what}/`, {
      method: "POST",
      body,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
    })
    const { status } = answer
    return { status, json: status === 200 || status === 422 ? await answer.json() : {} }
  }

  sendLine(what, { token, body, files }) {
    const said = new FormData()
    said.append("token", token)
    said.append("body", body)
    for (const { number } of files) said.append("files", number)
    return this.ask(what, said)
  }

  // Files wait on the server by now; they go with this line.
  async take(form) {
    const rows = [...form.querySelectorAll("input[name=files]")].map((field) => field.closest("li"))
    return rows.map((row) => {
      row.remove()
      return { number: row.querySelector("input[name=files]").value, name: row.querySelector(".file-name").textContent }
    })
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
    } catch {
      this.#memory.set(name, value)
    }
  }

  remove(name) {
    this.#memory.delete(name)
    try {
      localStorage.removeItem(this.prefix + name)
    } catch {
      // Nothing was kept there.
    }
  }

  alone(name, act) {
    return navigator.locks ? navigator.locks.request(this.prefix + name, act) : Promise.resolve(act())
  }
}
