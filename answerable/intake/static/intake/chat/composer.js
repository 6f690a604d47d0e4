// The box in which one writes: Enter sends if `byEnter`, Shift+Enter makes a line, never while an input
// method composes. That somebody types is told now and then; what they type only where the page says so.

const TYPING = 3_000
const PREVIEW = 500

export class Composer {
  #typed = 0
  #later
  #before = Promise.resolve() // lines are sent in the order in which they were written

  constructor(form, { face, send, words, typing = () => {}, editLast = () => false, byEnter = true }) {
    Object.assign(this, { form, face, send, typing, words, editLast, byEnter })
    this.field = form.elements.body
    form.addEventListener("submit", (event) => this.#submitted(event))
    this.field.addEventListener("keydown", (event) => this.#key(event))
    this.field.addEventListener("input", () => this.#input())
  }

  end() {
    clearTimeout(this.#later)
  }

  // What was refused comes back, before what was written since.
  giveBack(text, problem) {
    this.#put([text, this.field.value].filter(Boolean).join("\n"))
    this.say(problem)
    this.field.focus()
  }

  say(problem) {
    const line = this.form.querySelector("[data-chat-problem]")
    line.hidden = !problem
    line.textContent = problem
    this.field.toggleAttribute("aria-invalid", Boolean(problem))
    if (problem) this.face.say(problem)
  }

  #submitted(event) {
    event.preventDefault()
    event.stopPropagation()
    this.submit()
  }

  // The box is free at once: what is typed while files are fetched is the next line.
  submit() {
    const line = { token: newToken(), body: this.field.value.trim(), at: new Date().toISOString() }
    this.#put("")
    this.say("")
    this.field.focus()
    this.#before = this.#before.then(() => this.#sent(line))
  }

  async #sent(line) {
    const files = await this.face.take(this.form, line.token).catch(() => [])
    if (line.body || files.length) {
      this.send({ ...line, files })
    } else {
      this.say(this.words.empty)
      this.field.focus()
    }
  }

  #put(text) {
    this.field.value = text
    this.field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  // Told at once, then at most every three seconds; what is shown to the other side is told to its end.
  #input() {
    clearTimeout(this.#later)
    if (!this.field.value.trim()) return
    this.say("")
    const wait = this.#typed + TYPING - Date.now()
    if (wait <= 0) this.#types()
    else if (this.#isShown) this.#later = setTimeout(() => this.#types(), wait)
  }

  get #isShown() {
    return Boolean(this.form.querySelector("[data-chat-preview]"))
  }

  #types() {
    this.#typed = Date.now()
    this.typing(this.#isShown ? { text: this.field.value.slice(-PREVIEW) } : {})
  }

  #key(event) {
    const isPlain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey && !event.isComposing
    if (event.key === "ArrowUp" && isPlain && !this.field.value && this.editLast()) event.preventDefault()
    if (event.key !== "Enter" || !this.byEnter || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return
    event.preventDefault()
    this.form.requestSubmit()
  }
}

// A page without TLS has no randomUUID.
function newToken() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
