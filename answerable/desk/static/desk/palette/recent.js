// What somebody used last in the palette, on this device: for the next time it opens.

const MOST = 8
const name = () => `palette-${document.body.dataset.person}`

export function recent() {
  try {
    return JSON.parse(localStorage.getItem(name()) ?? "[]")
  } catch {
    return []
  }
}

// Of what the server found, what shows it again is kept; commands and places are there anyway.
export function remember({ id, kind, words, about, address, number }) {
  if (!kind || kind === "choice" || kind === "answer") return
  const one = kind === "ticket" || kind === "person" ? { id, kind, words, about, address, number } : { id }
  const others = recent().filter((each) => each.id !== id)
  localStorage.setItem(name(), JSON.stringify([one, ...others].slice(0, MOST)))
}
