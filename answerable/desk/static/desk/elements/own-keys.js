// <own-keys><form>…</form></own-keys>: what one types in a box for a key takes the place of what stood there.

class OwnKeys extends HTMLElement {
  connectedCallback() {
    this.addEventListener("focusin", ({ target }) => target.matches(".key-input") && target.select())
    this.addEventListener("input", ({ target }) => this.#typed(target))
  }

  // The last character counts; a space is no key, and leaves the box empty.
  #typed(box) {
    if (!box.matches(".key-input")) return
    box.value = [...box.value.trim()].at(-1) ?? ""
    box.select()
  }
}

customElements.define("own-keys", OwnKeys)
