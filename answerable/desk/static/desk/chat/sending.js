// Sends what is written in a chat: one line after the other, again until it has arrived, also after the page
// was closed. Its token makes a line that is sent twice one line.

import { secret } from "../fetching.js"
import { Outbox } from "../helpers/outbox.js"

const GIVE_UP = 10_000
const REFUSED = new Set([401, 403, 404, 409, 413, 422])

export class Sending {
  #address
  #place
  #outbox
  #changed
  #arrived
  #busy = false
  #timer
  #online = () => this.now()

  constructor({ say: address, key, changed, arrived }) {
    this.#address = address
    this.#place = `chat-out:${document.body.dataset.person ?? ""}:${key}`
    this.#outbox = new Outbox(recall(this.#place))
    this.#changed = changed
    this.#arrived = arrived
  }

  start() {
    addEventListener("online", this.#online)
    this.#changed(this.#outbox.waiting)
    this.#send()
  }

  stop() {
    removeEventListener("online", this.#online)
    clearTimeout(this.#timer)
  }

  // What is staged goes along: it is done once the line was taken.
  add({ body, files, acts = [], macros = [] }) {
    this.#outbox.add({ token: token(), body, files, acts, macros, at: Date.now() })
    this.#keep()
    this.#send()
  }

  // The stream brought it before its answer did.
  heard(token) {
    if (token && this.#outbox.arrived(token)) this.#keep()
  }

  drop(token) {
    const dropped = this.#outbox.drop(token)
    this.#keep()
    return dropped
  }

  now() {
    clearTimeout(this.#timer)
    this.#send()
  }

  async #send() {
    const message = this.#outbox.next
    if (this.#busy || !message) return
    this.#busy = true
    clearTimeout(this.#timer)
    const wait = await this.#try(message)
    this.#busy = false
    this.#keep()
    if (wait) this.#timer = setTimeout(() => this.#send(), wait)
    else this.#send()
  }

  // Returns how long to wait before the next try; nothing when this one is done with.
  async #try(message) {
    const { token } = message
    try {
      const answer = await fetch(this.#address, this.#request(message))
      if (answer.ok) {
        this.#arrived(await answer.json())
        this.#outbox.arrived(token)
      } else if (REFUSED.has(answer.status)) {
        this.#outbox.refuse(token, { status: answer.status, words: await words(answer) })
      } else {
        return this.#outbox.failed()
      }
    } catch {
      return this.#outbox.failed()
    }
    return 0
  }

  #request({ token, body, files, acts, macros }) {
    const form = new URLSearchParams({ reply: body, token })
    for (const number of files ?? []) form.append("files", number)
    for (const act of acts ?? []) form.append("act", JSON.stringify(act))
    for (const number of macros ?? []) form.append("macro", number)
    const headers = { "X-CSRFToken": secret(), "HX-Request": "true" }
    return { method: "POST", body: form, headers, signal: AbortSignal.timeout(GIVE_UP) }
  }

  #keep() {
    store(this.#place, this.#outbox.waiting)
    this.#changed(this.#outbox.waiting)
  }
}

async function words(answer) {
  return answer.headers.get("Content-Type")?.startsWith("text/plain") ? answer.text() : ""
}

function store(place, waiting) {
  try {
    if (waiting.length) localStorage.setItem(place, JSON.stringify(waiting))
    else localStorage.removeItem(place)
  } catch {
    // A full or closed store takes nothing: the lines are still in this page.
  }
}

// What was refused is tried once more on a new page: its writer may have signed in again.
function recall(place) {
  try {
    return (JSON.parse(localStorage.getItem(place)) ?? []).map((one) => ({ ...one, refused: undefined }))
  } catch {
    return []
  }
}

function token() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
