// <theme-switch> keeps the choice of theme in a cookie, so that the server writes the next page in it.

const YEAR = 365 * 24 * 3600

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.hidden = false
    this.addEventListener("change", (event) => this.#choose(event.target.value))
  }

  #choose(theme) {
    const secure = location.protocol === "https:" ? "; Secure" : ""
    document.cookie = `theme=${theme}; Path=/; Max-Age=${theme ? YEAR : 0}; SameSite=Lax${secure}`
    if (theme) document.documentElement.dataset.theme = theme
    else delete document.documentElement.dataset.theme
  }
}

customElements.define("theme-switch", ThemeSwitch)
