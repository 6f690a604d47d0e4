// <row-acts data-tickets="/desk/tickets/"> lets the keys of a ticket act on the row that has the focus, where that
// is not the ticket beside it: T takes it, A asks to whom. While rows are selected, the keys are theirs.

class RowActs extends HTMLElement {
  #focus = ({ target }) => this.#look(target)

  connectedCallback() {
    document.addEventListener("focusin", this.#focus)
    this.addEventListener("click", ({ target }) => target.closest("[data-take]") && this.#take())
  }

  disconnectedCallback() {
    document.removeEventListener("focusin", this.#focus)
  }

  // A dialog, the palette and what stands beside the list leave it as it was.
  #look(place) {
    const row = place.closest?.("#queue-rows [role=row][data-number]")
    if (!row && !place.closest?.("#main, #side")) return
    const open = document.querySelector("live-ticket")?.dataset.number
    this.hidden = !row || row.dataset.number === open
    if (this.hidden) return
    this.dataset.number = row.dataset.number
    for (const link of this.querySelectorAll("[data-act]")) link.href = `${this.dataset.tickets}${row.dataset.number}/${link.dataset.act}/`
  }

  #take() {
    window.htmx.ajax("POST", `${this.dataset.tickets}${this.dataset.number}/take/`, { source: this, swap: "none" })
  }
}

customElements.define("row-acts", RowActs)
