// Channels keep their promises fresh: every so often, and never under a pointer or the focus.

export class Cards {
  #timer

  constructor(panel) {
    this.panel = panel
  }

  show(view) {
    clearInterval(this.#timer)
    const every = Number(view.querySelector("#cards")?.dataset.every)
    if (every) this.#timer = setInterval(() => this.refresh(view), every * 1000)
  }

  async refresh(view) {
    const cards = view.querySelector("#cards")
    if (!view.isConnected || !cards) return clearInterval(this.#timer)
    if (isInUse(cards) || document.hidden || !this.panel.frame.isOpen) return
    const fresh = await this.panel.part("cards", this.panel.valuesFor("cards", {})).catch(() => null)
    if (!cards.isConnected || isInUse(cards)) return
    if (!fresh) return this.panel.checking.drop(cards)
    const changed = differing(cards, fresh)
    cards.replaceWith(fresh)
    if (changed) this.panel.frame.say(changed)
  }
}

function isInUse(cards) {
  return cards.matches(":hover, :focus-within")
}

// What a channel says that it did not say before, in its own words; minutes that pass say nothing.
function differing(before, after) {
  const said = (cards) => [...cards.querySelectorAll("[data-estimate]")].map((one) => one.textContent.trim())
  const old = said(before)
  return said(after).find((words) => !old.includes(words)) ?? ""
}
