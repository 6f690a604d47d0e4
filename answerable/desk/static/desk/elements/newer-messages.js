// <newer-messages data-seen="…"> interrupts a sending: somebody wrote since the reply was begun. Review
// is the safe way and has the focus; whoever reviewed has seen them.

class NewerMessages extends HTMLElement {
  connectedCallback() {
    const dialog = this.querySelector("dialog")
    dialog.close()
    dialog.showModal()
    this.querySelector("[data-review]").focus()
    dialog.addEventListener("close", () => this.#reviewed())
    this.addEventListener("click", (event) => event.target.closest("[data-review]") && dialog.close())
    this.closest("form")?.addEventListener("htmx:afterRequest", () => dialog.open && dialog.close(), { once: true })
  }

  #reviewed() {
    const form = this.closest("form")
    const seen = form?.querySelector("input[name=seen]")
    if (seen) seen.value = this.dataset.seen
    document.querySelector("#feed > :last-child")?.scrollIntoView({ block: "nearest" })
    form?.querySelector("textarea")?.focus()
    this.remove()
  }
}

customElements.define("newer-messages", NewerMessages)
