// <row-acts data-tickets="/desk/tickets/"> lets the keys of a ticket act on the row that has the focus, where that
// is not the ticket beside it: T takes it, A asks to whom. While rows are selected, the keys are theirs.
// A finger that swipes a row to the right takes it, to the left asks until when to hold it.

import { isFar, meaning, shift, side } from "../helpers/swipe.js"

const POINTERS = ["pointerdown", "pointermove", "pointerup", "pointercancel"]

class RowActs extends HTMLElement {
  #focus = ({ target }) => this.#look(target)
  #pointer = (event) => this.#pointed(event)
  #click = (event) => this.#clicked(event)
  #finger

  connectedCallback() {
    document.addEventListener("focusin", this.#focus)
    for (const name of POINTERS) document.addEventListener(name, this.#pointer, { passive: true })
    document.addEventListener("click", this.#click, { capture: true })
    this.addEventListener("click", ({ target }) => target.closest("[data-take]") && this.#take(this.dataset.number))
  }

  disconnectedCallback() {
    document.removeEventListener("focusin", this.#focus)
    for (const name of POINTERS) document.removeEventListener(name, this.#pointer)
    document.removeEventListener("click", this.#click, { capture: true })
  }

  // A dialog, the palette and what stands beside the list leave it as it was.
  #look(place) {
    const row = place.closest?.("#queue-rows [role=row][data-number]")
    if (!row && !place.closest?.("#main, #side")) return
    const open = document.querySelector("live-ticket")?.dataset.number
    this.hidden = !row || row.dataset.number === open
    if (this.hidden) return
    this.#lead(row.dataset.number)
  }

  #lead(number) {
    this.dataset.number = number
    for (const link of this.querySelectorAll("[data-act]")) link.href = `${this.dataset.tickets}${number}/${link.dataset.act}/`
  }

  #take(number) {
    window.htmx.ajax("POST", `${this.dataset.tickets}${number}/take/`, { source: this, swap: "none" })
  }

  #pointed(event) {
    if (event.type === "pointerdown") return this.#touched(event)
    if (event.pointerId !== this.#finger?.id) return undefined
    if (event.type === "pointermove") return this.#moved(event)
    return this.#lifted(event)
  }

  #touched({ pointerType, pointerId, target, clientX, clientY, isPrimary }) {
    this.#rest()
    const row = pointerType === "touch" && isPrimary && target.closest?.("#queue-rows [role=row][data-number]")
    this.#finger = row ? { id: pointerId, row, x: clientX, y: clientY, swipes: false } : undefined
  }

  #moved({ clientX, clientY }) {
    const finger = this.#finger
    const [dx, dy] = [clientX - finger.x, clientY - finger.y]
    const means = finger.swipes ? "swipe" : meaning(dx, dy)
    if (means === "scroll") this.#finger = undefined
    if (means !== "swipe") return
    finger.swipes = true
    finger.row.style.setProperty("--swiped", `${shift(dx)}px`)
    Object.assign(finger.row.dataset, { swipe: side(dx), swipeSays: side(dx) === "take" ? this.dataset.saysTake : this.dataset.saysHold })
    finger.row.toggleAttribute("data-swipe-far", isFar(dx, finger.row.offsetWidth))
  }

  #lifted({ type, clientX }) {
    const { row, x, swipes } = this.#finger
    const dx = clientX - x
    this.#rest({ keep: swipes })
    if (type !== "pointerup" || !swipes || !isFar(dx, row.offsetWidth)) return
    this.#lead(row.dataset.number)
    if (side(dx) === "take") this.#take(row.dataset.number)
    else this.querySelector("[data-act=hold]").click()
  }

  // The row lies still again; the click that a browser makes of a swipe opens nothing.
  #rest({ keep = false } = {}) {
    const row = this.#finger?.row
    row?.style.removeProperty("--swiped")
    for (const name of ["data-swipe", "data-swipe-says", "data-swipe-far"]) row?.removeAttribute(name)
    this.#finger = keep ? { row, swiped: true } : undefined
  }

  #clicked(event) {
    if (!this.#finger?.swiped || !this.#finger.row.contains(event.target)) return
    this.#finger = undefined
    event.preventDefault()
    event.stopPropagation()
  }
}

customElements.define("row-acts", RowActs)
