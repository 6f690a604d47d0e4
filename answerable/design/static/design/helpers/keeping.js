// What to do with text that was kept on this device. Pure: stores and pages are the caller's.

const KEPT_FOR = 30 * 24 * 3600 * 1000

// Text goes back into a box that is empty, unless it was sent and nobody came back for it.
export function restored(kept, boxes, { now, cameBack }) {
  if (!kept || now - kept.at > KEPT_FOR || (kept.sent && !cameBack)) return {}
  const empty = ([name, text]) => text && boxes[name] === ""
  return Object.fromEntries(Object.entries(kept.texts).filter(empty))
}

export function worthKeeping(texts) {
  return Object.values(texts).some((text) => text.trim() !== "")
}
