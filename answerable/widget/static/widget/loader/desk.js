// <support-desk>: the launcher. Everything else is fetched when somebody opens it.

import { drawn, made } from "./made.js"
import { began, errors, home, kept, language, options, prefix, theme } from "./page.js"

const idle = self.requestIdleCallback ?? setTimeout
const words = WORDS[language] ?? WORDS.en

export class SupportDesk extends HTMLElement {
  root = made("div", { class: "desk" })
  identity = options.identity ?? ""
  page = ""
  opener = null
  home = home
  options = options
  prefix = prefix
  errors = errors
  words = words
  language = language
  #launcher = made("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", "aria-label": words.name })
  #panel

  connectedCallback() {
    if (this.shadowRoot) return
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(LAUNCHER_STYLE)
    this.attachShadow({ mode: "open" }).append(this.root)
    this.shadowRoot.adoptedStyleSheets = [sheet]
    this.#place()
    this.#launcher.append(
      drawn("M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z", "M6 6.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.3M8 11.6v.1"),
      made("span", {}, words.help),
    )
    this.root.append(this.#launcher)
    this.#launcher.addEventListener("click", () => (this.#isOpen ? this.close() : this.#from(this.#launcher)))
    for (const near of ["pointerenter", "focus"]) this.#launcher.addEventListener(near, () => this.#load().catch(() => {}))
    document.addEventListener("click", (event) => this.#clicked(event))
    this.#launcher.hidden = "hideLauncher" in options || !!document.querySelector("[data-support-open]")
    // The first look into a page's storage waits for the disk: not while the page is being made.
    idle(() => this.#resume(), { timeout: 300 })
  }

  get launcher() {
    return this.#launcher
  }

  get #isOpen() {
    return this.#launcher.getAttribute("aria-expanded") === "true"
  }

  async open(view = "ask", more = {}) {
    try {
      const panel = await this.#load()
      await panel.open(view, more)
    } catch (error) {
      console.warn("support-desk:", error)
      this.away()
    }
  }

  async close() {
    this.root.querySelector(".away")?.remove()
    await (await this.#panel)?.close()
  }

  async update(changes = {}) {
    if ("page" in changes) this.page = changes.page
    if (!("identity" in changes)) return
    this.identity = changes.identity ?? ""
    // Who signed out, or another person, must find nothing of this one: that is the panel's to do.
    if (this.#panel || !this.identity) await (await this.#load()).changed(!this.identity)
  }

  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(`support:${name}`, { detail, bubbles: true, composed: true }))
  }

  #load() {
    this.#panel ??= import(new URL(PANEL, home)).then(({ Panel }) => new Panel(this))
    this.#panel.catch(() => (this.#panel = undefined))
    return this.#panel
  }

  #from(opener) {
    this.opener = opener
    return this.open(opener.dataset.supportOpen || "ask")
  }

  #clicked(event) {
    const link = event.target.closest?.("[data-support-open]")
    const elsewhere = event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button
    if (!link || elsewhere) return
    event.preventDefault()
    this.#from(link)
  }

  // What was open before the page changed is opened again; what waits to be sent is sent; and who
  // waits for a reply is told of it.
  #resume() {
    if (kept(sessionStorage, "open")) this.open("", { quiet: true })
    else if (kept(localStorage, "waits")) this.#load().catch(() => {})
  }

  #place() {
    const themed = () => (this.root.dataset.theme = theme())
    themed()
    new MutationObserver(themed).observe(document.documentElement, { attributeFilter: ["data-theme"] })
    this.root.dataset.position = options.position === "left" ? "left" : "right"
    const [side, bottom = side] = (options.offset ?? "").split(/[ ,]+/).map(Number.parseFloat)
    if (side >= 0) this.root.style.setProperty("--offset-side", `${side}px`)
    if (bottom >= 0) this.root.style.setProperty("--offset-bottom", `${bottom}px`)
  }

  away() {
    if (this.root.querySelector(".away")) return
    const close = made("button", { type: "button", class: "away-close" }, words.close)
    const address = new URL("/contact/", home)
    const [before, after] = words.away.split("{address}")
    const link = made("a", { href: address.href, target: "_blank", rel: "noopener" }, address.host + address.pathname)
    this.root.append(made("div", { class: "away", role: "alert" }, made("p", {}, before, link, after), close))
    close.addEventListener("click", () => this.close())
  }
}

if (!customElements.get("support-desk")) {
  customElements.define("support-desk", SupportDesk)
  const begin = () => {
    document.querySelector("support-desk") ?? document.body.append(document.createElement("support-desk"))
    performance.measure("desk:launcher", { start: began })
  }
  if (document.body) begin()
  else document.addEventListener("DOMContentLoaded", begin)
}
