// The question: answers while it is typed, and the way through them by keys.

const TYPING_PAUSE = 200

export class Asking {
  #timer
  #asked = 0

  constructor(panel) {
    this.panel = panel
  }

  show(view) {
    const field = view.querySelector("#q")
    if (!field) return
    field.value = this.panel.drafts.question
    this.#grow(field)
    field.addEventListener("input", () => {
      this.panel.drafts.question = field.value
      this.#grow(field)
      this.#later(field)
    })
    field.addEventListener("keydown", (event) => this.#key(event, view))
    view.querySelector("#answers").addEventListener("keydown", (event) => this.#among(event, view))
    if (field.value.trim()) this.#find(field)
  }

  // Escape clears the list first. Return whether there was one.
  clear(view) {
    const list = view.querySelector("#answers")
    const field = view.querySelector("#q")
    if (!list?.firstElementChild?.childElementCount) return false
    list.replaceChildren()
    this.#shows(view, false)
    field.focus()
    return true
  }

  #later(field) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#find(field), TYPING_PAUSE)
  }

  async #find(field) {
    const asked = ++this.#asked
    const view = field.closest(".view")
    const found = await this.panel.part("answers", { q: field.value, locale: this.panel.desk.language }).catch(() => null)
    if (asked !== this.#asked || !view.isConnected) return
    const list = view.querySelector("#answers")
    if (found) list.replaceChildren(found)
    else list.textContent = this.panel.words.search_failed
    this.#shows(view, Boolean(field.value.trim()))
    this.panel.frame.say(found?.dataset.status ?? this.panel.words.search_failed)
  }

  #shows(view, answers) {
    view.toggleAttribute("data-answers", answers)
  }

  #key(event, view) {
    if (event.isComposing) return
    if (event.key === "ArrowDown" && view.querySelector(".hit")) {
      event.preventDefault()
      view.querySelector(".hit").focus()
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault()
      view.querySelector("#answers-title")?.focus()
    }
  }

  #among(event, view) {
    const hits = [...view.querySelectorAll(".hit")]
    const at = hits.indexOf(event.target.closest(".hit"))
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key]
    if (to === undefined || (at < 0 && event.key === "ArrowUp")) return
    event.preventDefault()
    if (to < 0) view.querySelector("#q").focus()
    else hits[Math.min(to, hits.length - 1)].focus()
  }

  #grow(field) {
    field.style.height = "auto"
    field.style.height = `${Math.min(field.scrollHeight + 2, 120)}px`
  }
}
