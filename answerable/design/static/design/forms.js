// Forms that htmx sends: an answer of 422 is a form with its problems, and is shown like any other.
// What did not arrive is said, and stays in its box; what the service could not take is sent again.

import { sendAgain } from "./again.js"
import { tell } from "./tell.js"
import { say } from "./words.js"

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 422) return
  detail.shouldSwap = true
  detail.isError = false
})

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, ({ detail }) => {
    if (detail.requestConfig?.verb === "post" && !sendAgain(detail)) tell(say.not_received)
  })
}

// A page or a form that was written with problems starts at their list, also where htmx would rather
// give the focus back to the field that had it.
const toProblems = () => document.getElementById("problem")?.focus()
document.addEventListener("htmx:afterSettle", ({ detail }) => detail.xhr?.status === 422 && toProblems())
toProblems()
