// A form that the service could not take now is sent again by itself, after as many seconds as the
// answer says: its text still stands in its boxes. A press on “Try now”, or on its own button, is sooner.

import { fill } from "./helpers/text.js"
import { say } from "./words.js"

const AWAY = 503
const waiting = new Map()

// Whether htmx's answer means that the form is sent again.
export function sendAgain({ elt, xhr, requestConfig }) {
  const seconds = Number(xhr?.getResponseHeader("Retry-After"))
  if (xhr?.status !== AWAY || !seconds || requestConfig?.verb !== "post") return false
  const submitter = requestConfig.triggeringEvent?.submitter
  const send = () => submit(elt, submitter)
  forget(elt)
  waiting.set(elt, { timer: setTimeout(send, seconds * 1000), line: show(seconds, send) })
  return true
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => forget(detail.elt))

function submit(form, submitter) {
  forget(form)
  if (form.isConnected) form.requestSubmit(submitter?.form === form ? submitter : undefined)
}

function forget(form) {
  const { timer, line } = waiting.get(form) ?? {}
  clearTimeout(timer)
  line?.remove()
  waiting.delete(form)
}

function show(seconds, send) {
  const line = document.createElement("span")
  const now = document.createElement("button")
  now.type = "button"
  now.textContent = say.try_now
  now.addEventListener("click", send)
  line.append(fill(say.not_saved, { seconds }), " ", now)
  document.getElementById("status")?.replaceChildren(line)
  return line
}
