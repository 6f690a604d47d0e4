// What the server finds for the palette: tickets, people, answers. Asked a moment after the last letter;
// what was asked before is given up.

import { openTicket } from "./local.js"

const WAIT = 120

export class Found {
  #address
  #show
  #timer
  #asked

  constructor(address, show) {
    this.#address = address
    this.#show = show
  }

  ask(words) {
    this.stop()
    this.#timer = setTimeout(() => this.#fetch(words), WAIT)
  }

  stop() {
    clearTimeout(this.#timer)
    this.#asked?.abort()
  }

  async #fetch(words) {
    this.#asked = new AbortController()
    const query = new URLSearchParams({ q: words, ticket: openTicket() ?? "" })
    try {
      const answer = await fetch(`${this.#address}?${query}`, { headers: { "HX-Request": "true" }, signal: this.#asked.signal })
      this.#show(answer.ok ? entriesOf(await answer.json()) : [])
    } catch (error) {
      if (error.name !== "AbortError") this.#show([])
    }
  }
}

const entriesOf = ({ tickets, people, answers }) => [
  ...tickets.map((one) => ({ ...one, kind: "ticket", run: () => openAt(one.address) })),
  ...people.map((one) => ({ ...one, kind: "person", run: () => location.assign(one.address) })),
  ...answers.map((one) => ({ ...one, kind: "answer", run: () => answer(one) })),
]

// Beside the queue where it is there, as a row opens.
export function openAt(address) {
  if (document.getElementById("queue-rows")) document.body.dispatchEvent(new CustomEvent("desk:open", { detail: { address } }))
  else location.assign(address)
}

// Into the reply, at the caret, where a ticket is open; nothing is sent by it.
function answer({ macro, insert, address }) {
  const box = document.querySelector("composer-box[data-mode=reply]")
  if (!box || (!macro && !insert)) return location.assign(address)
  box.open()
  if (insert) box.querySelector("textarea").setRangeText(insert, ...caretOf(box), "end")
  if (insert) box.querySelector("textarea").dispatchEvent(new Event("input", { bubbles: true }))
  if (macro) box.querySelector("macro-list").put(macro)
  return undefined
}

const caretOf = (box) => [box.querySelector("textarea").selectionStart, box.querySelector("textarea").selectionEnd]
