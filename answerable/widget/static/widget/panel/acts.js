// What is pressed, sent and heard in the panel, and whom it concerns.

import { args, elements } from "./html.js"

export class Acts {
  constructor(panel) {
    this.panel = panel
  }

  back() {
    if (!this.panel.pages.back()) this.panel.minimise()
  }

  // Escape clears a list of answers first, and then closes.
  escape() {
    const { asking, pages } = this.panel
    if (!asking.clear(pages.element)) this.panel.minimise()
  }

  focus() {
    this.panel.pages.focus()
  }

  clicked(event) {
    const pressed = event.target.closest("[data-do], [data-go], a[href^='#']")
    if (!pressed) return
    const { do: act, go, args: text } = pressed.dataset
    if (act === "back") this.panel.pages.back()
    else if (act === "minimise" || act === "close") this.panel[act]()
    else if (go) this.panel.pages.go(go, args(text))
    else this.#lead(event, pressed.getAttribute("href").slice(1))
  }

  async submitted(event) {
    event.preventDefault()
    const form = event.target
    if (form.dataset.send) return this.panel.sending.submit(form, event.submitter)
    if (!form.dataset.post) return
    const values = Object.fromEntries(new FormData(form, event.submitter))
    const { html } = await this.panel.calls.view(form.dataset.post, values)
    if (form.dataset.into === "view") return this.panel.pages.put(html)
    const part = elements(html).firstElementChild
    const old = (part.id && this.panel.frame.body.querySelector(`#${part.id}`)) || form
    old.replaceWith(part)
    part.focus()
  }

  // Another tab changed a draft or its files, or sent it.
  heard(kind, about) {
    const { filling, frame, pages, words } = this.panel
    const form = filling.form(about)
    if (kind === "files") frame.body.querySelectorAll("form[data-draft]").forEach((one) => one.chosen?.list())
    if (!form) return
    if (kind === "draft" && !form.matches(":focus-within")) filling.restore(form)
    if (kind !== "sent") return
    frame.say(words.sent_elsewhere)
    const { view, values } = about === "email" ? { view: "ask", values: {} } : pages.shown
    pages.go(view, values, { replace: true, focus: false })
  }

  #lead(event, id) {
    event.preventDefault()
    const target = this.panel.frame.body.querySelector(`#${CSS.escape(id)}`)
    target?.scrollIntoView()
    target?.focus()
  }
}
