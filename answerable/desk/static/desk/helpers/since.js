// How long something has lasted: "0:42", "12:05", "1:02:05". Pure; instants are milliseconds.

export function since(begun, now) {
  const seconds = Math.max(0, Math.floor((now - begun) / 1000))
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (number) => String(number).padStart(2, "0")
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
