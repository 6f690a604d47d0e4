// What is said beside a form's button when it could not be sent.

export function notice(form, kind, words, label = "", act = null) {
  clearNotice(form)
  const box = document.createElement("div")
  const text = document.createElement("p")
  box.className = `notice said said--${kind}`
  text.textContent = words
  box.append(text)
  if (act) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "button button--small"
    button.textContent = label
    button.addEventListener("click", act)
    box.append(button)
  }
  const row = form.querySelector("[data-submit]").closest("div")
  row.before(box)
  box.scrollIntoView({ block: "nearest" })
}

export function clearNotice(form) {
  form.querySelector(".said")?.remove()
}
