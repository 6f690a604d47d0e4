// What to do with text that was kept on this device. Pure: stores and pages are the caller's.

const KEPT_FOR = 30 * 24 * 3600 * 1000

// Text goes back into a box that is empty, or that has only its beginning: the server did not hear the rest.
// What was sent does not, unless somebody came back for it.
export function restored(kept, boxes, { now, cameBack }) {
  if (!kept || now - kept.at > KEPT_FOR || (kept.sent && !cameBack)) return {}
  const goesOn = ([name, text]) => text.length > boxes[name]?.length && text.startsWith(boxes[name])
  return Object.fromEntries(Object.entries(kept.texts).filter(goesOn))
}

export function worthKeeping(texts) {
  return Object.values(texts).some((text) => text.trim() !== "")
}
