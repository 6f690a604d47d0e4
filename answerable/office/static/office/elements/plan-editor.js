// <plan-editor> around the form of a draft: numbers its lines, leads from a finding to its line, and
// keeps cells and text the same. The server reads both; what it changed is put in place here, without
// moving the caret and without touching what is being typed.

class PlanEditor extends HTMLElement {
  #marks = {}
  #sent = ""

  connectedCallback() {
    this.addEventListener("input", ({ target }) => target === this.#text && this.#number())
    this.addEventListener("click", (event) => this.#lead(event))
    this.addEventListener("htmx:configRequest", () => (this.#sent = this.#text.value))
    this.addEventListener("htmx:afterSwap", ({ target }) => target.id === "preview" && this.#take())
    this.#text.addEventListener("scroll", () => this.#follow())
    new ResizeObserver(() => this.#follow()).observe(this.#text)
    this.#take()
    this.#begin(this.querySelector("input[autofocus]"))
  }

  // What somebody typed before all this was there is looked at like what they type next.
  #begin(box) {
    if (!box) return
    if (box.value === box.defaultValue) return box.select()
    addEventListener("load", () => box.dispatchEvent(new Event("input", { bubbles: true })), { once: true })
  }

  get #text() {
    return this.querySelector("textarea")
  }

  #take() {
    const read = JSON.parse(this.querySelector("#plan-read").textContent)
    this.#marks = read.marks
    if (read.text !== null && this.#text.value === this.#sent) replace(this.#text, read.text)
    for (const box of this.querySelectorAll("[data-cell]")) this.#fill(box, read)
    this.querySelector("#plan-saved").textContent = read.saved
    this.#number()
  }

  #fill(box, { cells, problems }) {
    const key = box.dataset.cell
    const problem = problems[key] ?? ""
    if (problem) box.setAttribute("aria-invalid", "true")
    else box.removeAttribute("aria-invalid")
    this.querySelector(`#${CSS.escape(`cell-${key}-error`)}`).textContent = problem
    if (!(key in cells)) return
    this.querySelector(`[name="${CSS.escape(`was-${key}`)}"]`).value = cells[key]
    if (box !== document.activeElement) box.value = cells[key]
  }

  #number() {
    const count = this.#text.value.split("\n").length
    const lines = Array.from({ length: count }, (_none, number) => {
      const line = document.createElement("span")
      line.textContent = number + 1
      if (this.#marks[number + 1]) line.className = `is-${this.#marks[number + 1]}`
      return line
    })
    this.querySelector(".code-lines").replaceChildren(...lines)
    this.#follow()
  }

  #follow() {
    this.querySelector(".code-lines").scrollTop = this.#text.scrollTop
  }

  #lead(event) {
    const link = event.target.closest("a[data-line]")
    if (!link) return
    event.preventDefault()
    const lines = this.#text.value.split("\n")
    const before = lines.slice(0, link.dataset.line - 1)
    const begin = before.reduce((sum, one) => sum + one.length + 1, 0)
    this.#text.focus()
    this.#text.setSelectionRange(begin, begin + (lines[before.length] ?? "").length)
    const height = parseFloat(getComputedStyle(this.#text).lineHeight)
    this.#text.scrollTop = Math.max(0, (before.length - 3) * height)
  }
}

// Only what differs is replaced, so that the caret stays where it is.
function replace(box, text) {
  const old = box.value
  const most = Math.min(old.length, text.length)
  let begin = 0
  while (begin < most && old[begin] === text[begin]) begin += 1
  let end = 0
  while (end < most - begin && old.at(-1 - end) === text.at(-1 - end)) end += 1
  box.setRangeText(text.slice(begin, text.length - end), begin, old.length - end, "preserve")
}

customElements.define("plan-editor", PlanEditor)
