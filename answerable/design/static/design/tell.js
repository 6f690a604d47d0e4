// Telling a person something without moving them: the page's one status and its one alert.

const SHOWN_FOR = 10_000
let fading

export function tell(text) {
  const status = document.getElementById("status")
  if (!status) return
  status.textContent = text
  clearTimeout(fading)
  fading = setTimeout(() => status.textContent === text && status.replaceChildren(), SHOWN_FOR)
}

// For ears alone: what the eye sees change by itself.
export function whisper(text) {
  const words = document.createElement("span")
  words.className = "unseen"
  words.textContent = text
  document.getElementById("status")?.replaceChildren(words)
}

// Only for a critical offer and for a lost connection.
export function interrupt(text) {
  const alert = document.getElementById("alert")
  if (alert) alert.textContent = text
}
