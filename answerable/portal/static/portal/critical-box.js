// <critical-box data-says="id"> says at once what ticking “business-critical” promises. Showing and
// hiding is done by the style sheet, so that the form is whole without script.

class CriticalBox extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => event.target.type === "checkbox" && this.#say(event.target))
  }

  #say(box) {
    const id = box.checked ? this.dataset.says : "offer"
    const status = document.getElementById("status")
    const line = document.getElementById(id)?.querySelector("p")
    if (status && line) status.textContent = line.textContent.trim().replace(/\s+/g, " ")
  }
}

customElements.define("critical-box", CriticalBox)
