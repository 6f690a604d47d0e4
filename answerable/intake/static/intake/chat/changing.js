// For a minute, whoever said a line may edit it or take it back: by buttons beside it, or from the empty box.

import { made } from "./pieces.js"

const WITHIN = 60_000

export class Changing {
  #timer
  // How far the server's clock is before this one's.
  #ahead = 0

  // `arrived` is told the entry of a change, `anew` shows a line again; `field` is the box below.
  constructor({ log, told, words, face, field, arrived, anew }) {
    Object.assign(this, { log, told, words, face, field, arrived, anew })
    log.element.addEventListener("click", ({ target }) => this.#clicked(target.closest("[data-act]")))
  }

  // A beat of the server's says what time it is there.
  beat(now) {
    this.#ahead = now - Date.now()
  }

  // Let lines offer it that may be changed, and no others.
  show() {
    clearTimeout(this.#timer)
    const open = this.told.entries.filter((entry) => this.#left(entry) > 0)
    for (const acts of this.log.element.querySelectorAll(".entry-acts")) {
      if (!open.some(({ seq }) => acts.dataset.of === String(seq))) this.#remove(acts)
    }
    for (const entry of open) this.#offer(entry)
    if (open.length) this.#timer = setTimeout(() => this.show(), Math.min(...open.map((entry) => this.#left(entry))))
  }

  end() {
    clearTimeout(this.#timer)
  }

  // What was said in a chat that is over stays.
  close() {
    this.isOver = true
    this.show()
  }

  // A request is called by the words that it began with.
  name(text) {
    const subject = this.log.element.getRootNode().querySelector("[data-chat-subject]")
    if (subject) subject.textContent = text.trim().split("\n")[0]
  }

  editLast() {
    const entry = this.told.entries.findLast((one) => one.text && this.#left(one) > 0)
    if (entry) this.#edit(entry)
    return Boolean(entry)
  }

  #left({ kind, mine, deleted, at }) {
    return !this.isOver && kind === "said" && mine && !deleted ? WITHIN - (Date.now() + this.#ahead - Date.parse(at)) : 0
  }

  #offer(entry) {
    const row = this.log.row(entry.seq)
    if (!row || row.querySelector(".entry-acts, .entry-edit")) return
    const acts = row.appendChild(made("div", "entry-acts"))
    acts.dataset.of = entry.seq
    // A log says what is added to it: these are not what was said.
    acts.ariaLive = "off"
    if (entry.text) acts.append(button("edit", this.words.edit))
    if (entry.seq > 1) acts.append(button("delete", this.words.delete))
  }

  #remove(acts) {
    if (acts.matches(":focus-within")) this.field.focus()
    acts.remove()
  }

  #clicked(pressed) {
    const of = Number(pressed?.parentElement.dataset.of)
    const entry = of && this.told.entries.find(({ seq }) => seq === of)
    if (!entry) return
    if (pressed.dataset.act === "edit") this.#edit(entry)
    else this.#change(entry, "")
  }

  // The line becomes a box of its own: Enter saves, Escape leaves it as it was.
  #edit(entry) {
    const row = this.log.row(entry.seq)
    const box = made("textarea", "input entry-edit")
    Object.assign(box, { value: entry.text, ariaLabel: this.words.edit, ariaDescription: this.words.edit_hint, dir: "auto", rows: 2 })
    row.querySelector(".entry-body").replaceWith(box)
    row.querySelector(".entry-acts")?.remove()
    row.append(made("small", "muted entry-hint", this.words.edit_hint))
    box.addEventListener("keydown", (event) => this.#key(event, entry, box))
    box.focus()
  }

  async #key(event, entry, box) {
    if (event.isComposing) return
    const isSaved = event.key === "Enter" && !event.shiftKey
    if (!isSaved && event.key !== "Escape") return
    event.preventDefault()
    event.stopPropagation()
    const body = box.value.trim()
    if (isSaved && body && body !== entry.text) await this.#change(entry, body)
    else this.#leave(entry)
  }

  async #change(entry, body) {
    const { status, json } = await this.face.ask("change", { of: entry.seq, body }).catch(() => ({}))
    if (status === 200) {
      this.arrived(json)
      return this.#leave(entry)
    }
    const row = this.log.row(entry.seq)
    row.querySelector(".field-error")?.remove()
    const problem = row.appendChild(made("p", "field-error", json?.problem ?? this.words.not_changed))
    problem.setAttribute("role", "alert")
  }

  #leave(entry) {
    this.log.row(entry.seq).querySelector(".entry-edit")?.remove()
    this.anew(entry)
    this.show()
    this.field.focus()
  }
}

function button(act, words) {
  const element = made("button", "link-button", words)
  element.type = "button"
  element.dataset.act = act
  return element
}
