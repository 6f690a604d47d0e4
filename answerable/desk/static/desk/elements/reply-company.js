// <reply-company data-ticket="7" hidden> stands in the reply box while a colleague writes a reply too: one writes
// anyway, or asks them in a note. It keeps nobody from writing or sending.

import { companyOn } from "../company/state.js"
import { fill } from "../../design/helpers/text.js"
import { say } from "../words.js"

class ReplyCompany extends HTMLElement {
  #heeded = new Set()
  #show = () => this.#look()

  connectedCallback() {
    document.addEventListener("company:changed", this.#show)
    this.addEventListener("click", (event) => this.#clicked(event.target))
    this.#look()
  }

  disconnectedCallback() {
    document.removeEventListener("company:changed", this.#show)
  }

  get #writer() {
    return companyOn(this.dataset.ticket).find((one) => one.doing === "reply" && !one.lost)
  }

  // Whoever stops and begins again is spoken of again.
  #look() {
    const writer = this.#writer
    if (!writer) this.#heeded.clear()
    this.hidden = !writer || this.#heeded.has(writer.agent)
    if (this.hidden) return
    const [words, , ask] = this.querySelectorAll("span, button")
    words.textContent = fill(say.company.writes_reply, { name: writer.name })
    ask.textContent = fill(say.company.ask, { name: writer.name })
  }

  #clicked(place) {
    const button = place.closest("button")
    const writer = this.#writer
    if (!button) return
    if (writer) this.#heeded.add(writer.agent)
    this.#look()
    if (button.hasAttribute("data-ask") && writer) ask(writer)
    else this.closest("composer-box").open()
  }
}

// The note begins with their name; what stands in it already stays.
function ask(writer) {
  const note = document.querySelector("composer-box[data-mode=note]")
  const known = JSON.parse(document.getElementById("mentionable")?.textContent ?? "[]")
  const handle = known.find((one) => one.name === writer.full)?.handle
  const text = note.querySelector("textarea")
  note.open()
  text.setRangeText(handle ? `@${handle} ` : "", 0, 0, text.value ? "preserve" : "end")
  text.dispatchEvent(new Event("input", { bubbles: true }))
}

customElements.define("reply-company", ReplyCompany)
