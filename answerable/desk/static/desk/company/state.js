// Who else is on which ticket: told with each beat of this page, and asked for when somebody comes, goes or
// begins to write. Whoever shows it listens to `company:changed`.

import { beats, serverNow } from "../../design/clock.js"
import { Again } from "../fetching.js"
import { inOrder, mustAsk, sayable } from "../helpers/company.js"

const ASK_AGAIN = 5000
let told = { on: [], fresh: 25_000 }
let askedAt = 0

export const companyOn = (number) =>
  inOrder(sayable(told.on, serverNow(), told.fresh).filter((one) => one.ticket === Number(number)))

export function take(data) {
  told = data
  document.dispatchEvent(new Event("company:changed"))
}

export class Asking {
  #address
  #again = new Again(() => this.#fetch(), { wait: 120, gap: 1000 })
  #tick = () => this.#look()

  constructor(address) {
    this.#address = address
  }

  start() {
    document.body.addEventListener("live:company-all", this.#again.ask)
    beats.addEventListener("tick", this.#tick)
  }

  stop() {
    document.body.removeEventListener("live:company-all", this.#again.ask)
    beats.removeEventListener("tick", this.#tick)
    this.#again.stop()
  }

  // Nobody tells that a browser was killed: its silence does.
  #look() {
    const now = serverNow()
    if (!mustAsk(told.on, now, told.fresh) || now - askedAt < ASK_AGAIN) return
    askedAt = now
    this.#again.ask()
  }

  async #fetch() {
    const answer = await fetch(this.#address, { headers: { "HX-Request": "true" } })
    if (answer.ok) take(await answer.json())
  }
}
