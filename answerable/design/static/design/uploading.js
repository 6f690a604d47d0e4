// Sending files to the server, and hearing how far each is: fetch() cannot say that. And what is said beside
// those that have no room in the mail that takes them.

import { beyondMail } from "./helpers/attaching.js"
import { whisper } from "./tell.js"

export function upload(url, file, progress, more = {}) {
  const body = new FormData()
  for (const [name, value] of Object.entries(more)) body.append(name, value)
  if (file) body.append("new_files", file, file.name)
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const done = () => resolve({ status: request.status, text: request.responseText })
    request.upload.addEventListener("progress", ({ loaded, total }) => progress(Math.floor((loaded / total) * 100)))
    for (const name of ["load", "error", "abort", "timeout"]) request.addEventListener(name, done)
    request.open("POST", url)
    request.setRequestHeader("HX-Request", "true")
    request.setRequestHeader("X-CSRFToken", secret())
    request.send(body)
  })
}

// Files that go along with their form, one more of them.
export function carry(input, file) {
  const all = new DataTransfer()
  for (const one of [...input.files, file]) all.items.add(one)
  input.files = all.files
}

// A mail takes files by their numbers; those on their way have none yet.
export function sayLarge(form, list) {
  const { large, mailMost } = form.querySelector("[data-large]")?.dataset ?? {}
  const number = (row) => Number(row.querySelector("input")?.value ?? Number.MAX_SAFE_INTEGER)
  const rows = [...list.children].sort((one, other) => number(one) - number(other))
  const beyond = beyondMail(rows.map((row) => Number(row.dataset.size)), Number(mailMost))
  rows.forEach((row, index) => note(row, beyond[index] ? large : ""))
}

function note(row, words) {
  const said = row.querySelector(".file-large")
  if (words === (said?.textContent ?? "")) return
  said?.remove()
  if (!words) return
  row.append(element("small", "file-large", words))
  whisper(words)
}

export function element(name, css, text) {
  const made = document.createElement(name)
  made.className = css
  made.textContent = text
  return made
}

function secret() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? ""
}
