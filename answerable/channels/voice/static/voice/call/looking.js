// Looks again and again at how good a connection is, and says so when it changes.

import { between, counted, quality } from "./quality.js"

const LOOK_EACH = 2000

export function looking(peer, told) {
  let [before, was] = [null, ""]
  const look = async () => {
    if (peer.state !== "connected") return (before = null)
    const now = counted(await peer.stats().catch(() => []))
    const line = before && between(before, now)
    before = now
    const found = line ? quality(line) : was
    if (found !== was) told((was = found))
  }
  const timer = setInterval(look, LOOK_EACH)
  return () => clearInterval(timer)
}
