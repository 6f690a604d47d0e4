// What the help centre's pages can do beyond HTML: a theme, `/` to search, votes without a new page.

import "../design/elements/theme-switch.js"
import "./same-part.js"
import "./vote.js"

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]")
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  document.getElementById("q")?.focus()
})
