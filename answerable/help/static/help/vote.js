// Sends votes without leaving the page. Without this they are forms, and lead back to the same place.

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-vote]")
  if (!form) return
  event.preventDefault()
  const body = new URLSearchParams(new FormData(form, event.submitter))
  const section = document.getElementById("helpful")
  try {
    const headers = { "HX-Request": "true" }
    const answer = await fetch(form.action, { method: "POST", body, headers })
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const part = page.getElementById("helpful")
    if (!part) throw new Error(answer.statusText)
    section.replaceWith(part)
    const wrong = part.querySelector(".error-summary") ?? part
    wrong.focus()
  } catch {
    section.querySelector("[data-failed]").hidden = false
  }
})
