// The one clock of a page: the server's, kept with a counter that this computer's clock cannot move.

import { StreamDelay } from "./helpers/delay.js"
import { ServerClock } from "./helpers/offset.js"

const TICK = 500
const SLEPT = 5000
const clock = new ServerClock()
const delay = new StreamDelay()
export const beats = new EventTarget()
let stale = true
let drift = Date.now() - performance.now()

export const serverNow = () => clock.now(performance.now())
export const isStale = () => stale
export const lastHeard = () => clock.lastHeard()
export const minutesOff = () => clock.minutesOff()

export function hear(server) {
  clock.hear(server, Date.now(), performance.now())
  tick()
}

// A page asks for its stream, and hears on it what time it is: from both follows how late it is.
export const asking = () => delay.ask(performance.now())
export const secondsLate = () => delay.seconds

export function hearOnStream(server) {
  delay.hear(server, performance.now())
  hear(server)
}

export function stillThere() {
  clock.touch(performance.now())
}

function tick() {
  const here = Date.now() - performance.now()
  if (Math.abs(here - drift) > SLEPT) {
    clock.forget()
    delay.forget()
  }
  drift = here
  stale = clock.isStale(performance.now())
  beats.dispatchEvent(new Event("tick"))
}

// A page that the browser kept from before says an old time; then we wait for the stream.
const arrived = performance.getEntriesByType("navigation")[0]
const written = Number(document.querySelector('meta[name="server-now"]')?.content)
if (written && arrived?.type !== "back_forward") hear(written)

setInterval(tick, TICK)
