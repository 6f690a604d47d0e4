// Which key was meant, by the character typed, so that every keyboard layout has its own.

export const PREFIX = "g"

// "Mod+Enter", "R" (with shift), "?" or "F2". Nothing is ever bound to Alt.
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  if (altKey) return ""
  const named = key.length > 1 && shiftKey ? "Shift+" : ""
  if (!ctrlKey && !metaKey) return named + key
  const shift = shiftKey ? "Shift+" : ""
  return `Mod+${shift}${key.length === 1 ? key.toLowerCase() : key}`
}

// A single key writes a letter in a text box, so there it is never a command.
export function isSingle(chord) {
  return !chord.startsWith("Mod+") && !/F\d/.test(chord)
}

export function wanted(chord, prefixed) {
  return prefixed ? `${PREFIX} ${chord}` : chord
}
