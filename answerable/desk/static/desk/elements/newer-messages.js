// <newer-messages data-seen="…"> interrupts a sending: somebody wrote since the reply was begun. Review
// is the safe way and has the focus. Either way its reader has now seen them, which the form says.

class NewerMessages extends HTMLElement {
  connectedCallback() {
    const dialog = this.querySelector("dialog")
    dialog.removeAttribute("open")
    dialog.showModal()
    this.querySelector("[data-review]").focus()
    dialog.addEventListener("close", () => this.#reviewed())
    this.addEventListener("click", (event) => this.#clicked(event, dialog))
  }

  #clicked(event, dialog) {
    if (!event.target.closest("button")) return
    // Now, and not with the close that is told later: whoever is quick sends again before that.
    this.#see()
    if (event.target.closest("[data-review]")) dialog.close()
  }

  #see() {
    const seen = this.closest("form")?.querySelector("input[name=seen]")
    if (seen) seen.value = this.dataset.seen
  }

  #reviewed() {
    this.#see()
    const form = this.closest("form")
    document.querySelector("#feed > :last-child")?.scrollIntoView({ block: "nearest" })
    this.remove()
    form?.querySelector("textarea")?.focus()
  }
}

customElements.define("newer-messages", NewerMessages)
