// The dialog: beside the page on a desk, instead of it on a phone. It keeps its keys to itself.

import { elements } from "./html.js"

const PHONE = "(max-width: 479px)"

export class Frame {
  dialog = document.createElement("dialog")
  body = document.createElement("div")
  status = spoken("status")
  alert = spoken("alert")
  #phone = matchMedia(PHONE)
  #before = null
  #overflow = ""

  constructor(desk, asks) {
    this.desk = desk
    this.asks = asks
    this.dialog.className = "sheet"
    this.dialog.setAttribute("aria-label", desk.words.help)
    this.dialog.setAttribute("aria-describedby", "view-title")
    this.dialog.toggleAttribute("data-quiet", desk.options.mode === "help-first")
    this.body.className = "body"
    this.dialog.append(this.body, this.status, this.alert)
    desk.root.append(this.dialog)
    this.#phone.addEventListener("change", () => this.isOpen && this.#show(true))
    self.visualViewport?.addEventListener("resize", () => this.#fit())
    // A back gesture closes a view first; Escape is a key, and handled with the others.
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault()
      this.asks.back()
    })
    // A press must not move what it is pressed on, as the foot does that comes back with the focus gone.
    this.dialog.addEventListener("mousedown", (event) => event.target.closest("[data-submit]") && event.preventDefault())
    for (const kind of ["keydown", "keyup", "keypress"]) this.dialog.addEventListener(kind, (event) => this.#key(event))
  }

  get isOpen() {
    return this.dialog.open
  }

  get isModal() {
    return this.dialog.getAttribute("aria-modal") === "true"
  }

  fill(html) {
    const parts = elements(html)
    const [head, foot] = ["head", "foot"].map((name) => parts.querySelector(`[data-frame=${name}]`))
    this.body.replaceChildren(parts.querySelector(".view"))
    this.dialog.querySelectorAll("[data-frame]").forEach((old) => old.remove())
    if (head) this.dialog.prepend(head)
    if (foot) this.body.after(foot)
    return JSON.parse(head?.dataset.words || "{}")
  }

  open() {
    if (this.isOpen) return
    this.#before = document.activeElement
    this.#show()
    this.desk.launcher.setAttribute("aria-expanded", "true")
    document.addEventListener("keydown", this.#entering)
  }

  close() {
    if (!this.isOpen) return
    this.#hide()
    this.desk.launcher.setAttribute("aria-expanded", "false")
    document.removeEventListener("keydown", this.#entering)
    const opener = this.desk.opener?.isConnected && !this.desk.opener.hidden ? this.desk.opener : this.desk.launcher
    opener.focus()
  }

  say(words) {
    this.status.textContent = ""
    requestAnimationFrame(() => (this.status.textContent = words))
  }

  // Something to know that is no view: it stays until it is closed.
  warn(words) {
    this.dialog.querySelector(".warning")?.remove()
    const line = document.createElement("p")
    line.className = "warning notice"
    line.textContent = words
    this.body.before(line)
    this.say(words)
  }

  #show(again = false) {
    const focused = this.desk.shadowRoot.activeElement
    if (again) this.#hide()
    const modal = this.#phone.matches
    modal ? this.dialog.showModal() : this.dialog.show()
    this.dialog.toggleAttribute("data-modal", modal)
    modal ? this.dialog.setAttribute("aria-modal", "true") : this.dialog.removeAttribute("aria-modal")
    if (modal) {
      this.#overflow = document.documentElement.style.overflow
      document.documentElement.style.overflow = "hidden"
    }
    this.#fit()
    if (again) focused?.focus()
  }

  #hide() {
    if (this.isModal) document.documentElement.style.overflow = this.#overflow
    this.dialog.close()
  }

  // A keyboard on the screen covers the page without changing its height.
  #fit() {
    const { height = innerHeight, offsetTop = 0 } = self.visualViewport ?? {}
    this.dialog.style.setProperty("--seen-height", `${height}px`)
    this.dialog.style.setProperty("--seen-top", `${offsetTop}px`)
    this.dialog.toggleAttribute("data-low", height < 540)
  }

  #key(event) {
    event.stopPropagation()
    if (event.type !== "keydown" || event.isComposing || event.defaultPrevented) return
    if (event.key === "Escape") {
      event.preventDefault()
      this.asks.escape()
    } else if (event.key === "F6" && event.ctrlKey && !this.isModal) {
      event.preventDefault()
      const isElsewhere = this.#before?.isConnected && ![document.body, this.desk].includes(this.#before)
      const back = isElsewhere ? this.#before : this.desk.launcher
      back.focus()
    }
  }

  // The one key that is heard outside, and only while the panel stands beside the page.
  #entering = (event) => {
    if (event.key !== "F6" || !event.ctrlKey || event.defaultPrevented || this.isModal) return
    event.preventDefault()
    this.#before = document.activeElement
    this.asks.focus()
  }
}

function spoken(role) {
  const element = document.createElement("p")
  element.className = "unseen"
  element.setAttribute("role", role)
  return element
}
