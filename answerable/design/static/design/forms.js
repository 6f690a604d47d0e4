// Forms that htmx sends: an answer of 422 is a form with its problems, and is shown like any other.

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 422) return
  detail.shouldSwap = true
  detail.isError = false
})

// A page that was written with problems says so in its title, and starts at their list.
document.querySelector("#problem")?.focus()
