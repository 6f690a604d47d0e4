// What becomes of a text that is being sent, while its writer may type on. Pure.

// What was sent goes from the box; what was typed meanwhile stays.
export function remaining(sent, typed) {
  if (typed === sent) return ""
  return typed.startsWith(sent) ? typed.slice(sent.length).trimStart() : typed
}

// The last entry that a writer had seen counts from when they began to write.
export function seenFor({ seen, latest, wasEmpty }) {
  return wasEmpty ? latest : seen
}
