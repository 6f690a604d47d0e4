// Fetching parts of pages: asked as htmx asks, so that a lost session is told and not shown.

import { Again as Paced } from "../design/helpers/pace.js"
import { fill } from "../design/helpers/text.js"
import { tell } from "../design/tell.js"
import { say } from "./words.js"

export class Refused extends Error {
  constructor(status, text) {
    super(text || String(status))
    this.status = status
  }
}

// A part as elements, and the address that answered.
export async function fetchPart(address, options = {}) {
  const answer = await fetch(address, { ...options, headers: { "HX-Request": "true", ...options.headers } })
  const text = await answer.text()
  if (!answer.ok) throw new Refused(answer.status, answer.headers.get("Content-Type")?.startsWith("text/plain") ? text : "")
  const template = document.createElement("template")
  template.innerHTML = text
  return { part: template.content, address: answer.url }
}

// The line that leads to signing in and back.
export function sessionOver(address) {
  const time = new Date().toLocaleTimeString(say.language, { hour: "2-digit", minute: "2-digit", timeZone: say.zone })
  const line = document.createElement("p")
  line.className = "field-error session-over"
  const link = document.createElement("a")
  link.href = address ?? location.href
  link.className = "button button--small"
  link.textContent = say.sign_in
  line.append(fill(say.session_over, { time }), " ", link)
  return line
}

// The session ended: the text is kept, and one press leads to signing in and back.
export function showLost(event, place) {
  const { xhr } = event.detail
  if (xhr.status !== 401) return
  event.preventDefault()
  place.replaceChildren(sessionOver(xhr.getResponseHeader("HX-Redirect")))
}

// It did not arrive, or nobody could take it: the text is in its box, and one press tries again.
export function showUnsent(place, mode) {
  const line = document.createElement("p")
  line.className = "field-error"
  const again = document.createElement("button")
  Object.assign(again, { className: "button button--small", textContent: say.send_again })
  line.append(mode === "note" ? say.note_unsent : say.reply_unsent, " ", again)
  place.replaceChildren(line)
}

export function secret() {
  return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]
}

// As it is everywhere, but that a lost session is told.
export class Again extends Paced {
  constructor(work, pace) {
    super(work, { ...pace, failed: (error) => error instanceof Refused && error.status === 401 && tell(say.session_ended) })
  }
}
