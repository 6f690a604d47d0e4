// <new-ticket data-draft data-version><form>…</form></new-ticket> keeps a new ticket on the server a moment after
// each change, and when its page is left. The words in each box are on this device as well (<kept-text>).

import { tell } from "../../design/tell.js"
import { secret, sessionOver } from "../fetching.js"
import { Names, pageName } from "../helpers/saves.js"
import { say } from "../words.js"
import { closeTool, pressTool, use } from "../writing/tools.js"

const WAIT = 700
// Of the 64 KB that browsers let a page send when it goes.
const LARGEST = 30_000

class NewTicket extends HTMLElement {
  #timer
  #changed = false
  #over = false
  #queue = Promise.resolve()
  #names = new Names(pageName())
  #left = () => document.visibilityState === "hidden" && this.#flush(true)

  connectedCallback() {
    this.addEventListener("input", () => this.#typed())
    this.addEventListener("change", () => this.#typed())
    this.addEventListener("recipients:changed", () => this.#typed())
    this.addEventListener("click", (event) => use(this, event.target))
    this.addEventListener("keydown", (event) => this.#keyed(event))
    for (const name of ["paste", "dragenter", "dragover", "drop"]) this.querySelector(".new-note").addEventListener(name, keepOut)
    this.addEventListener("submit", () => this.#end())
    document.addEventListener("visibilitychange", this.#left)
    forgetSent()
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.#left)
    this.#flush(true)
  }

  #keyed(event) {
    if (pressTool(event) || event.key !== "Escape" || event.isComposing) return
    if (closeTool(event.target, this.#text)) event.preventDefault()
  }

  get #text() {
    return this.querySelector("#id_body")
  }

  open() {
    this.#text.focus()
  }

  #typed() {
    this.#changed = true
    this.#timer ??= setTimeout(() => this.#flush(false), WAIT)
  }

  // One after the other: the next says which version it goes on from. Who leaves does not wait for that.
  #flush(leaves) {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.#changed || this.#over) return
    this.#changed = false
    this.#queue = (leaves ? Promise.resolve() : this.#queue).then(() => this.#save()).catch(() => (this.#changed = true))
  }

  async #save() {
    const fields = new FormData(this.querySelector("form"))
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name)
    fields.set("base", this.dataset.version)
    fields.set("version", this.#names.next())
    const headers = { "X-CSRFToken": secret(), "HX-Request": "true" }
    const body = new URLSearchParams(fields)
    const keepalive = body.toString().length < LARGEST
    const answer = await fetch(this.dataset.draft, { method: "POST", body, headers, keepalive })
    const place = this.querySelector(".composer-saved")
    if (answer.status === 401) return place.replaceChildren(sessionOver())
    if (answer.status === 409) this.#over = true
    if (answer.ok) this.dataset.version = answer.headers.get("X-Version") ?? this.dataset.version
    if (answer.ok || answer.status === 409) place.textContent = await answer.text()
  }

  // What is sent is kept by whoever takes it; a save after that would begin it again.
  #end() {
    this.#over = true
    clearTimeout(this.#timer)
  }
}

// Files of this page go with its message: what is pasted or dropped into the note must not get there.
function keepOut(event) {
  const { types = [] } = event.clipboardData ?? event.dataTransfer ?? {}
  if (!types.includes("Files") || (event.type === "paste" && types.includes("text/plain"))) return
  event.preventDefault()
  event.stopPropagation()
  if (event.dataTransfer) event.dataTransfer.dropEffect = "none"
  if (event.type !== "dragover") tell(say.no_files_in_note)
}

// Each new ticket has a token of its own: what was sent of others is not kept for ever.
function forgetSent() {
  const mine = `kept:${document.body.dataset.person ?? ""}:new-`
  for (const place of Object.keys(localStorage).filter((name) => name.startsWith(mine))) {
    try {
      if (JSON.parse(localStorage.getItem(place)).sent) localStorage.removeItem(place)
    } catch {
      localStorage.removeItem(place)
    }
  }
}

customElements.define("new-ticket", NewTicket)
