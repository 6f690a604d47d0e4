// Follows a person's requests while the panel is there: the one that is open, and news of others.

import { events } from "./stream.js"
import { filled } from "./html.js"

const LEAST = 1_000
const KNOWN = "incidents-shown"
const MOST = 30_000

export class Talking {
  #topics = ""
  #ending = null
  #after = ""
  #asked = 0
  #looked = 0

  constructor(panel) {
    this.panel = panel
  }

  // Listen to a person's own list, and to the request that is shown.
  follow(view) {
    const { person } = this.panel.calls
    const topics = [view?.dataset.topic, person && `requests-${person}`, person && KNOWN].filter(Boolean).join(",")
    if (topics === this.#topics) return
    this.#topics = topics
    this.#ending?.abort()
    this.#ending = null
    this.#after = view?.querySelector("[data-after]")?.dataset.after ?? ""
    if (topics) this.#listen(topics)
  }

  async #listen(topics) {
    let pause = LEAST
    while (topics === this.#topics) {
      const ending = (this.#ending = new AbortController())
      try {
        const answer = await this.panel.calls.stream(topics.split(","), this.#after, ending.signal)
        if (!answer.ok) return
        for await (const event of events(answer.body)) {
          pause = LEAST
          this.#after = event.id ?? this.#after
          this.panel.calling.beat()
          if (event.event === "resync" || event.event === "change") this.#changed(JSON.parse(event.data).topic)
        }
      } catch {
        // The line is down, or another request is followed by now.
      }
      await new Promise((resolve) => setTimeout(resolve, pause))
      pause = Math.min(pause * 2, MOST)
    }
  }

  #changed(topic) {
    if (!topic || topic === KNOWN) this.#known()
    if (topic === KNOWN) return
    this.panel.calling.look()
    const view = this.panel.frame.isOpen && this.panel.pages.element
    if (view?.dataset.topic && (!topic || topic === view.dataset.topic)) this.refresh(view)
    if (topic?.startsWith("request-")) return
    this.#mine()
    this.news()
  }

  // The rows of requests as they are now. Whoever is about to press one finds it again.
  async #mine() {
    const { frame, pages } = this.panel
    if (!frame.isOpen || !frame.body.querySelector("#mine")) return
    const asked = ++this.#asked
    const { view } = pages.element.dataset
    const fresh = await this.panel.part("mine", { view }).catch(() => null)
    const old = frame.body.querySelector("#mine")
    // Of two answers the one counts that was asked for last.
    if (!fresh || !old || asked !== this.#asked || view !== pages.element.dataset.view) return
    if (old.isEqualNode(fresh)) return
    const held = old.querySelector(":focus")?.dataset.args
    old.replaceWith(fresh)
    if (held) fresh.querySelector(`[data-args="${CSS.escape(held)}"]`)?.focus()
  }

  // Put what was added at the end of the log: what stands there stays where it is.
  async refresh(view) {
    if (view.dataset.view === "call") return this.panel.pages.goAgain()
    if (view.dataset.view === "chat") return this.#stands(view)
    const old = view.querySelector("#talk")
    const looked = ++this.#looked
    const fresh = await this.panel.part("conversation", { number: view.dataset.number }).catch(() => null)
    if (!fresh || !old?.isConnected) return
    old.querySelector(".stands").replaceWith(fresh.querySelector(".stands"))
    const [asked, anew] = [old, fresh].map((part) => part.querySelector("#survey"))
    if (looked === this.#looked && asked.dataset.seen !== anew.dataset.seen) asked.replaceWith(anew)
    const [log, lines] = [old.querySelector("[data-log]"), [...fresh.querySelector("[data-log]").children]]
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60
    const news = lines.slice(log.children.length)
    log.append(...news)
    this.panel.messages.seen(log)
    if (isAtEnd) log.lastElementChild?.scrollIntoView({ block: "nearest" })
    if (news.some((line) => line.matches(".entry:not(.entry--ours)"))) this.panel.desk.tell("reply", { number: Number(view.dataset.number) })
    this.seen()
  }

  // What we know is wrong stands above the question; whoever is just pressing a button there goes on.
  async #known() {
    const old = this.panel.frame.body.querySelector("#known")
    if (!old || old.matches(":focus-within")) return
    const fresh = await this.panel.part("known").catch(() => null)
    if (!fresh || !old.isConnected) return
    if (!fresh.hidden && fresh.textContent !== old.textContent) this.panel.frame.say(fresh.querySelector("p").textContent)
    old.replaceWith(fresh)
  }

  // A chat has a stream of its own: here only its promise is shown anew.
  async #stands(view) {
    const fresh = await this.panel.part("stands", { number: view.dataset.number }).catch(() => null)
    if (fresh) view.querySelector(".stands")?.replaceWith(fresh)
    this.seen()
  }

  seen() {
    this.panel.store.write("seen", new Date().toISOString())
    this.#label(0)
  }

  // How many replies came since somebody last looked, for the launcher.
  async news() {
    if (this.panel.frame.isOpen) return this.seen()
    const since = this.panel.store.read("seen")
    const { status, html } = await this.panel.calls.view("news", { since }).catch(() => ({}))
    if (status !== 200) return
    const { count } = JSON.parse(html)
    this.#label(count)
    if (count) this.panel.desk.tell("reply", { count })
  }

  #label(count) {
    const { launcher, words } = this.panel.desk
    const named = this.panel.words.new_name ?? ""
    launcher.setAttribute("aria-label", count && named ? filled(named, { count }) : words.name)
    if (count) launcher.dataset.news = count
    else delete launcher.dataset.news
  }
}
