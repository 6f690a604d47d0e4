// How a chat asks the server on a page of ours, what it keeps there, and how it is heard.

import { whisper } from "../design/tell.js"

const TIMEOUT = 12_000

export class PageFace {
  #memory = new Map()
  #title = document.title

  constructor(element) {
    this.element = element
    this.address = element.dataset.address
    this.prefix = `chat:${document.body.dataset.person ?? ""}:`
    document.addEventListener("visibilitychange", () => document.hidden || (document.title = this.#title))
  }

  elements(html) {
    return document.createRange().createContextualFragment(html)
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

  send({ token, body, files }) {
    const said = new FormData()
    said.append("token", token)
    said.append("body", body)
    for (const { number } of files) said.append("files", number)
    return this.ask("say", said)
  }

  stream(after, signal) {
    return fetch(`${this.address}stream/?after=${after}`, { signal, cache: "no-store" })
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

  isSeen() {
    return !document.hidden
  }

  news() {
    if (document.hidden) document.title = `● ${this.#title}`
  }

  async over(root) {
    const end = root.querySelector("[data-chat-end]")
    const isFocused = end?.matches(":focus")
    end?.remove()
    if (root.querySelector("[data-chat-foot]")) return
    const answer = await fetch(`${this.address}over/`).catch(() => null)
    if (!answer?.ok || root.querySelector("[data-chat-foot]")) return
    const form = root.querySelector("[data-chat-say]")
    const box = form.closest("kept-text")
    box.before(this.elements(await answer.text()))
    if (isFocused) root.querySelector("[data-chat-foot]").focus()
    if (!form.elements.body.value.trim()) box.remove()
  }
}
