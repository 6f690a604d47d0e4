// <call-bar data-url="/desk/calls/bar/" data-script="/static/voice/call/bar.js" data-topics="notices-7">
// shows the call that rings at this page's reader, or in which they are. What a call needs is loaded
// when there is one. With data-each="20" a page whose reader waits for a call says every so many seconds
// that it is there. The stream's beats say when: browsers slow the timers of hidden pages.

import { whisper } from "../../design/tell.js"

class CallBarElement extends HTMLElement {
  #bar = null
  #waits = false
  #asked = -Infinity
  #look = () => this.#fetch()
  #beat = () => this.#waits && performance.now() - this.#asked >= this.dataset.each * 1000 && this.#fetch()

  connectedCallback() {
    for (const topic of this.#topics) document.body.addEventListener(`live:${topic}`, this.#look)
    document.body.addEventListener("desk:changed", this.#look)
    document.body.addEventListener("live:any", this.#beat)
    this.#fetch()
  }

  disconnectedCallback() {
    document.body.removeEventListener("live:any", this.#beat)
    for (const topic of this.#topics) document.body.removeEventListener(`live:${topic}`, this.#look)
    document.body.removeEventListener("desk:changed", this.#look)
  }

  get #topics() {
    return (this.dataset.topics ?? "").split(",").filter(Boolean)
  }

  async #fetch() {
    this.#asked = performance.now()
    const answer = await fetch(this.dataset.url, { headers: { "HX-Request": "true" } }).catch(() => null)
    if (!answer?.ok) return
    const template = document.createElement("template")
    template.innerHTML = await answer.text()
    this.#waits = Boolean(template.content.querySelector("[data-waits]"))
    const fresh = template.content.querySelector("[data-call]")
    if (!fresh || fresh.dataset.call === this.#bar?.element.dataset.call) return
    this.#bar?.close()
    const { talk, upload } = fresh.parentElement.dataset
    this.replaceChildren(fresh)
    this.#bar = { element: fresh, close: () => {} }
    const { CallBar } = await import(this.dataset.script)
    this.#bar = new CallBar(fresh, this.#face(talk, upload))
  }

  #face(talk, upload) {
    const post = (address, options) => fetch(address, { method: "POST", ...options, headers: { "HX-Request": "true", "X-CSRFToken": secret() } })
    return {
      say: whisper,
      listen,
      closed: () => (this.#bar = null),
      ask: async (values, options) => {
        const answer = await post(talk, { body: new URLSearchParams(values), ...options })
        if (!answer.ok) throw new Error(`call: ${answer.status}`)
        return answer.json()
      },
      // What the server does not take is not sent again; what it could not take is.
      upload: upload && (async (number, piece, body, isLast) => {
        const address = upload.replace("/0/0/", `/${number}/${piece}/`) + (isLast ? "?last=1" : "")
        return (await post(address, { body })).status < 500
      }),
    }
  }
}

function secret() {
  return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]
}

// The stream of this one call, beside the page's own; it beats while nothing changes. Returns what ends it.
function listen(key, changed, beat) {
  let source, timer
  const open = () => {
    source = new EventSource(`/live/?topics=call-${key}`)
    for (const name of ["change", "resync"]) source.addEventListener(name, changed)
    source.addEventListener("beat", beat)
    source.addEventListener("error", () => source.readyState === EventSource.CLOSED && (timer = setTimeout(open, 2000)))
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}

customElements.define("call-bar", CallBarElement)
