// What helps a specialist: shown before it is sent, and sent as a file only while it is ticked.

export function detailsOf(desk, words) {
  const page = desk.page || location.origin + location.pathname
  return [
    [words.detail_page, page],
    [words.detail_browser, navigator.userAgent],
    [words.detail_window, `${innerWidth} × ${innerHeight}, ${devicePixelRatio}x`],
    [words.detail_language, navigator.language],
    [words.detail_errors, desk.errors.join("\n") || words.detail_none],
  ]
}

export function showDetails(list, details) {
  if (!list) return
  const rows = details.flatMap(([name, value]) => {
    const [term, text] = ["dt", "dd"].map((kind) => document.createElement(kind))
    term.textContent = name
    text.textContent = value
    return [term, text]
  })
  list.replaceChildren(...rows)
}

export function detailsFile(details, words) {
  const text = details.map(([name, value]) => `${name}: ${value}`).join("\n")
  return { name: `${words.details}.txt`, text }
}
