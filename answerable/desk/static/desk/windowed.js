// A long list of which only some rows are in the page: space stands for the others, and scrolling
// asks for those that come into sight. The space is a pattern of rows until they are there.

import { moveTo, seen, spaces } from "./helpers/window.js"

export class Windowed {
  #list
  #ask

  constructor(list, ask) {
    this.#list = list
    this.#ask = ask
    this.scroller.addEventListener("scroll", () => this.look(), { passive: true })
    this.fit()
  }

  get scroller() {
    return this.#list.querySelector("#queue-rows")
  }

  get rest() {
    return this.#list.querySelector(".queue-rest")
  }

  get skip() {
    return Number(this.rest.dataset.skip)
  }

  get rowHeight() {
    return parseFloat(getComputedStyle(this.#list).getPropertyValue("--row"))
  }

  // What the server says of the list: where its rows begin, and how many there are.
  take(part) {
    const { skip, count } = part.querySelector(".queue-rest").dataset
    Object.assign(this.rest.dataset, { skip, count })
  }

  fit() {
    const { rest } = this
    const have = rest.children.length
    const { above, below } = spaces({ skip: this.skip, have, total: Number(rest.dataset.count), row: this.rowHeight })
    rest.style.paddingBlock = `${above}px ${below}px`
    this.#number()
  }

  // Rows say where they stand among all, for those who listen.
  #number() {
    const now = [...this.#list.querySelectorAll(".queue-now [role=row]")]
    now.forEach((row, index) => row.setAttribute("aria-rowindex", index + 1))
    const first = now.length + this.skip + 1
    ;[...this.rest.children].forEach((row, index) => row.setAttribute("aria-rowindex", first + index))
  }

  look() {
    const top = this.scroller.getBoundingClientRect().top - this.rest.getBoundingClientRect().top
    const wanted = moveTo({
      ...seen({ top, height: this.scroller.clientHeight, row: this.rowHeight }),
      skip: this.skip,
      have: this.rest.children.length,
      total: Number(this.rest.dataset.count),
    })
    if (wanted !== null) this.#ask(wanted)
  }

  // To the first or the last row of all, which may not be in the page.
  async toEnd(last) {
    const total = Number(this.rest.dataset.count)
    if (last ? this.skip + this.rest.children.length < total : this.skip) await this.#ask(last ? Math.max(0, total - 60) : 0)
  }
}
