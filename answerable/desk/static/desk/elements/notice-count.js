// <notice-count data-url="/desk/notices/news/" data-topic="notices-3"><a>…</a></notice-count> says in the rail
// how many notices its reader has not read. What is new and makes no sound is one line in the status.

import { beats } from "../../design/clock.js"
import { whisper } from "../../design/tell.js"
import { Again, secret } from "../fetching.js"
import { mark } from "../unread.js"

class NoticeCount extends HTMLElement {
  #again = new Again(() => this.#fetch(), { wait: 150, gap: 1000 })
  #newest
  #unread = []
  #looked
  #tick = () => this.#look()

  connectedCallback() {
    document.body.addEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    beats.addEventListener("tick", this.#tick)
    this.#again.ask()
  }

  disconnectedCallback() {
    document.body.removeEventListener(`live:${this.dataset.topic}`, this.#again.ask)
    beats.removeEventListener("tick", this.#tick)
    this.#again.stop()
  }

  // What is said of the ticket that was opened has been read.
  #look() {
    const looks = lookedAt()
    if (looks === this.#looked) return
    this.#looked = looks
    if (this.#unread.includes(Number(looks))) this.#again.ask()
  }

  async #fetch() {
    const body = new FormData()
    body.set("looks", lookedAt())
    if (this.#newest !== undefined) body.set("after", this.#newest)
    const answer = await fetch(this.dataset.url, { method: "POST", body, headers: { "HX-Request": "true", "X-CSRFToken": secret() } })
    if (!answer.ok) return
    const { count, label, newest, lines, tickets } = await answer.json()
    this.#newest = newest
    this.#unread = tickets
    const badge = this.querySelector(".badge")
    badge.textContent = count > 99 ? "99+" : count
    badge.hidden = !count
    this.querySelector("a").ariaLabel = label
    mark(tickets)
    if (lines.length) say(lines)
  }
}

const lookedAt = () => (document.hidden ? "" : (document.querySelector("live-ticket")?.dataset.number ?? ""))

// The last line is shown with its link; those before it are counted in the rail.
function say(lines) {
  const status = document.getElementById("status")
  const { text, url } = lines.at(-1)
  if (!status) return
  // What was just done to a ticket, and can be taken back, is not written over.
  if (status.querySelector("said-line[data-undo]")) return whisper(text)
  const line = document.createElement("said-line")
  const link = document.createElement("a")
  Object.assign(link, { href: url, textContent: text })
  link.dataset.pane = ""
  line.append(link)
  status.replaceChildren(line)
}

customElements.define("notice-count", NoticeCount)
