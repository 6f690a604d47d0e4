// What the vendor wrote on the script's tag, and what of its page matters to us.

export const began = performance.now()

const tag =
  [...document.scripts].find((script) => script.src === import.meta.url) ??
  document.querySelector("script[data-workspace]")

export const options = { ...tag?.dataset }
export const home = new URL(".", import.meta.url)
export const language = (options.locale || document.documentElement.lang || navigator.language || "en").slice(0, 2)
export const prefix = `support-desk:${options.workspace || home.host}:`

const MOST_ERRORS = 5
export const errors = []

function note(words) {
  errors.push(String(words).slice(0, 200))
  if (errors.length > MOST_ERRORS) errors.shift()
}

addEventListener("error", (event) => note(event.message))
addEventListener("unhandledrejection", (event) => note(event.reason?.message ?? event.reason))

export function theme() {
  const chosen = options.theme || document.documentElement.dataset.theme || document.body?.dataset.theme
  return chosen === "light" || chosen === "dark" ? chosen : ""
}

export function kept(storage, name) {
  try {
    return storage.getItem(prefix + name)
  } catch {
    return null
  }
}
