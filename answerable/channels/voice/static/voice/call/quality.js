// How good a line is, by what its statistics say. Pure.

const WEAK = { lost: 0.03, trip: 0.4, jitter: 0.05 }
const BAD = { lost: 0.12, trip: 0.9, jitter: 0.15 }

// Return "good", "weak" or "bad" of { lost (a share), trip and jitter (seconds) }.
export function quality(line) {
  const beyond = (limits) => Object.keys(limits).some((name) => line[name] > limits[name])
  if (beyond(BAD)) return "bad"
  return beyond(WEAK) ? "weak" : "good"
}

// Return what of RTCPeerConnection's statistics counts: packets so far, the trip, the jitter.
export function counted(reports) {
  const seen = { came: 0, lost: 0, trip: 0, jitter: 0 }
  for (const one of reports) {
    if (one.type === "inbound-rtp" && one.kind === "audio") {
      seen.came += one.packetsReceived ?? 0
      seen.lost += Math.max(one.packetsLost ?? 0, 0)
      seen.jitter = Math.max(seen.jitter, one.jitter ?? 0)
    }
    if (one.type === "candidate-pair" && one.nominated) seen.trip = one.currentRoundTripTime ?? seen.trip
  }
  return seen
}

// Return the line between two looks at it; null when nothing came at all meanwhile.
export function between(before, after) {
  const [came, lost] = [after.came - before.came, Math.max(after.lost - before.lost, 0)]
  if (came <= 0) return null
  return { lost: lost / (came + lost), trip: after.trip, jitter: after.jitter }
}

// Return how long people have talked: "03:12", or "1:03:12".
export function talkTime(seconds) {
  const whole = Math.max(Math.floor(seconds), 0)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (number) => String(number).padStart(2, "0")
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`
}
