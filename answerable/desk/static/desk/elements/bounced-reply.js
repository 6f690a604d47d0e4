// <bounced-reply data-address="dana@…"> stands below a reply that did not arrive. It calls who should have
// had it, or puts its words into the reply box again, to be sent to another address.

class BouncedReply extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", ({ target }) => {
      const call = target.closest("[data-call]")
      if (call) this.#call(call.dataset)
      if (target.closest("[data-again]")) this.#again()
    })
  }

  #call({ call, phone }) {
    window.htmx.ajax("POST", call, { source: this, swap: "none", values: { phone } })
  }

  async #again() {
    const box = document.querySelector("composer-box[data-mode=reply]")
    const people = box?.querySelector("mail-recipients")
    if (!people) return
    box.takeBack(this.querySelector("textarea").value)
    const { address } = this.dataset
    await people.change({ drop: people.data.to.filter((one) => one === address.toLowerCase()) })
    people.querySelector(".recipients-edit").open = true
    people.querySelector("[name=add_to]").focus()
  }
}

customElements.define("bounced-reply", BouncedReply)
