// What happens when the browser made or found no passkey: said in words, beside the button.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault()
  const place = document.querySelector("[data-passkey-trouble]")
  if (!place) return
  place.hidden = false
  place.focus()
})
