// The elements of a chat's log: what was said, what happened, notes, and what is on its way.
// HTML in entries was escaped by the server; all else is set as text.

import { clockTime } from "../../design/helpers/moments.js"
import { fill } from "../../design/helpers/text.js"
import { say } from "../words.js"

export function lineElement(line, icons) {
  const element = line.kind === "said" ? said(line, icons) : mark(line, icons)
  element.id = `s${line.seq}`
  element.dataset.seq = line.seq
  element.dataset.at = line.at
  return element
}

function said(line, icons) {
  const element = made("article", `say say--${line.mine ? "ours" : "theirs"}`)
  element.append(head(line.name, line.at), body(line))
  if (line.edited && !line.deleted) element.firstChild.append(made("span", "say-word", say.edited))
  if (!line.deleted && line.files?.length) element.append(fileList(line.files, icons))
  return element
}

function head(name, at) {
  const element = made("p", "say-head")
  const time = made("time", "", clockTime(Date.parse(at), say))
  time.dateTime = at
  element.append(made("bdi", "say-who", name), " ", time)
  return element
}

function body(line) {
  const element = made("div", "say-body")
  element.dir = "auto"
  if (line.deleted) {
    element.classList.add("say-body--deleted")
    element.textContent = say.deleted
  } else {
    element.innerHTML = line.html
  }
  element.hidden = !line.deleted && !line.html
  return element
}

function fileList(files, icons) {
  const list = made("ul", "files")
  list.ariaLabel = say.files
  for (const file of files) list.append(fileItem(file, icons))
  return list
}

function fileItem(file, icons) {
  const item = made("li", "file")
  const about = made("span", "file-about")
  about.append(made("bdi", "file-name", file.name), " ", made("small", "", file.described))
  item.append(icons(file.picture ? "image" : "file"), about)
  if (file.held || file.warns) item.append(made("span", "file-held", file.held || file.warns))
  if (file.held) return item
  const acts = made("span", "file-acts")
  if (file.opens) acts.append(link(`${file.address}?view`, say.open_file, file.name, { target: "_blank", rel: "noopener" }))
  acts.append(link(file.address, say.download, file.name, {}))
  item.append(acts)
  return item
}

function link(address, words, name, more) {
  const element = Object.assign(made("a", "file-act", words), { href: address, ...more })
  element.append(made("span", "unseen", ` ${name}`))
  return element
}

function mark(line, icons) {
  const element = made("p", "mark")
  const time = made("time", "", clockTime(Date.parse(line.at), say))
  time.dateTime = line.at
  const words = made("span")
  words.innerHTML = line.html
  element.append(time, icons(line.kind), words)
  element.hidden = !line.html
  return element
}

export function noteElement(note) {
  const element = made("article", "say say--note entry entry--note")
  element.id = `n${note.note}`
  element.dataset.at = note.at
  element.append(head(note.name, note.at))
  element.firstChild.append(" ", made("span", "entry-word", say.internal_note))
  const text = made("div", "entry-body")
  text.dir = "auto"
  text.innerHTML = note.html
  element.append(text)
  return element
}

// A line that is on its way: “Sending”, or why it did not go and what can be done.
export function waitingElement(message, name) {
  const element = made("article", "say say--ours say--waiting")
  element.id = `w${message.token}`
  element.dataset.token = message.token
  const text = made("div", "say-body", message.body)
  text.dir = "auto"
  text.hidden = !message.body
  element.append(head(name, new Date(message.at).toISOString()), text)
  if (message.files?.length) element.append(made("p", "say-state", fill(say.with_files, { count: message.files.length })))
  element.append(state(message))
  return element
}

function state({ refused, late }) {
  if (!refused) return made("p", "say-state", late ? say.not_sent_yet : say.sending_now)
  const line = made("p", "say-state say-state--bad", refused.words || say.not_sent)
  const again = made("button", "link-button", say.take_back_text)
  again.type = "button"
  again.dataset.takeBack = "yes"
  line.append(" ", again)
  return line
}

function made(name, css = "", text = "") {
  const element = document.createElement(name)
  if (css) element.className = css
  if (text) element.textContent = text
  return element
}
