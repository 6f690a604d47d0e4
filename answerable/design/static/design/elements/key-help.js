// <key-help> lists the keys of this page, from the same attributes that make them work.

class KeyHelp extends HTMLElement {
  connectedCallback() {
    this.closest("dialog")?.addEventListener("toggle", () => this.#write())
    this.#write()
  }

  #write() {
    const list = document.createElement("dl")
    list.className = "facts"
    for (const element of document.querySelectorAll("[data-key]")) list.append(...row(element))
    this.replaceChildren(list)
  }
}

function row(element) {
  const key = document.createElement("dt")
  key.append(...element.dataset.key.split(/,? /).flatMap((part) => [kbd(part), " "]))
  const what = document.createElement("dd")
  what.textContent = element.dataset.keyLabel ?? element.ariaLabel ?? element.textContent.trim()
  return [key, what]
}

function kbd(text) {
  const cap = document.createElement("kbd")
  cap.textContent = text.replace("Mod", navigator.platform.startsWith("Mac") ? "⌘" : "Ctrl")
  return cap
}

customElements.define("key-help", KeyHelp)
