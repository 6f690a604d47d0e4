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

// Only for a critical offer and for a lost connection.
export function interrupt(text) {
  const alert = document.getElementById("alert")
  if (alert) alert.textContent = text
}
