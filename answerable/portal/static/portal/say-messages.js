// <say-messages data-address="/requests/7/"><form>…</form></say-messages> sends what is written there
// message by message: each stands below the conversation and says whether it is sent. Without script the
// form sends it. Who must sign in first gets their text back, and the form leads there with it.

import { Saying } from "../intake/chat/saying.js"
import { whisper } from "../design/tell.js"
import { PageKeeping } from "./page-keeping.js"

class SayMessages extends HTMLElement {
  #saying
  #swapped = () => this.#saying.show((token) => Boolean(document.querySelector(`#conversation [data-token="${CSS.escape(token)}"]`)))

  connectedCallback() {
    const { address, number, words } = this.dataset
    const list = document.createElement("ol")
    list.className = "conversation conversation--waiting"
    this.before(list)
    this.form = this.querySelector("form")
    this.#saying = new Saying({
      key: `say:${number}`,
      form: this.form,
      list,
      face: new RequestFace(address, () => this.#signIn()),
      words: JSON.parse(words),
      byEnter: false,
      stored: (found) => this.#stored(found),
    })
    // Before the elements around the form hear of it: they are for a form that is sent as a whole.
    this.addEventListener("submit", (event) => this.#submitted(event), true)
    addEventListener("online", () => this.#saying.unsent.flush())
    document.body.addEventListener("htmx:afterSettle", this.#swapped)
    this.#saying.begin()
  }

  disconnectedCallback() {
    this.#saying.leave()
    document.body.removeEventListener("htmx:afterSettle", this.#swapped)
  }

  #submitted(event) {
    event.preventDefault()
    event.stopPropagation()
    this.#saying.composer.submit()
  }

  #stored({ number }) {
    whisper(JSON.parse(this.dataset.words).sent)
    if (String(number) === this.dataset.number) document.body.dispatchEvent(new CustomEvent(`live:request-${number}`))
    else location.assign(`/requests/${number}/#latest`)
  }

  #signIn() {
    const { unsent, composer } = this.#saying
    const lines = unsent.lines
    for (const line of lines) unsent.forget(line.token)
    composer.giveBack(lines.map((line) => line.body).join("\n\n"), JSON.parse(this.dataset.words).over)
    this.form.submit()
  }
}

class RequestFace extends PageKeeping {
  constructor(address, signIn) {
    super(address)
    this.signIn = signIn
  }

  async send(line) {
    const answer = await this.sendLine("messages", line)
    if (answer.status === 401) this.signIn()
    if (answer.status === 401 || answer.status === 404) throw Object.assign(new Error(`messages: ${answer.status}`), { stops: true })
    return answer
  }

  // Files wait on the server, and are listed again where its page is shown.
  giveBack() {}
}

customElements.define("say-messages", SayMessages)
