// <timeline-tabs role="tablist"><button role="tab" data-show="messages">…</button></timeline-tabs> shows a part of
// the conversation; arrows lead from tab to tab. What is not shown counts all the same; of a long conversation
// the ticket fetches what is.

class TimelineTabs extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#choose(event.target.closest("[role=tab]")))
    this.addEventListener("keydown", (event) => this.#keyed(event))
  }

  get #tabs() {
    return [...this.querySelectorAll("[role=tab]")]
  }

  get #feed() {
    return document.getElementById("feed")
  }

  #choose(tab) {
    if (!tab) return
    for (const each of this.#tabs) {
      each.ariaSelected = String(each === tab)
      each.tabIndex = each === tab ? 0 : -1
    }
    this.#feed.dataset.show = tab.dataset.show
    tab.focus()
    this.dispatchEvent(new Event("timeline:show", { bubbles: true }))
  }

  #keyed(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const tabs = this.#tabs
    this.#choose(tabs.at((tabs.indexOf(document.activeElement) + step) % tabs.length))
  }
}

customElements.define("timeline-tabs", TimelineTabs)
