// A level of the palette: the choices of a command's dialog, from its own form. What one press takes back
// is done at once; anything else opens the dialog, with the choice made in it.

import { fetchPart } from "../fetching.js"

const CHOICES = "select option, input[type=radio], input[type=checkbox]"

// The choices as entries; none where the dialog asks for something else, and is shown as it is.
export async function levelOf(entry) {
  const { part } = await fetchPart(entry.button.href)
  const body = document.getElementById("dialog-body")
  body.replaceChildren(part)
  window.htmx?.process(body)
  const form = body.querySelector("form")
  const first = form?.querySelector(CHOICES)
  const name = first?.name || first?.closest("select")?.name
  const atOnce = entry.chooses === "at_once" && !entry.button.closest("queue-picks")
  return name ? choicesOf(form, name, atOnce) : []
}

function choicesOf(form, name, atOnce) {
  const all = [...form.querySelectorAll(CHOICES)].filter((one) => (one.name || one.closest("select")?.name) === name)
  // Who has nothing to say stands last: “Nobody” is not what Enter means.
  all.sort((one, other) => Number(!one.value) - Number(!other.value))
  return all.map((choice, index) => ({
    id: `choice:${index}`,
    kind: "choice",
    words: wordsOf(choice),
    about: "",
    isChosen: choice.selected || choice.checked,
    run: () => choose(form, choice, atOnce),
  }))
}

const wordsOf = (choice) => (choice.closest("label") ?? choice).textContent.trim()

function choose(form, choice, atOnce) {
  if (choice.matches("option")) choice.selected = true
  else choice.checked = choice.type === "radio" || !choice.checked
  ;(choice.closest("select") ?? choice).dispatchEvent(new Event("change", { bubbles: true }))
  if (atOnce) send(form)
  else showDialog()
}

// What the server does not take as it is is shown in its dialog, with the problem.
function send(form) {
  form.addEventListener("htmx:afterRequest", ({ detail }) => detail.xhr.status === 422 && showDialog(), { once: true })
  form.requestSubmit()
}

export function showDialog() {
  const dialog = document.getElementById("dialog")
  if (!dialog.open) dialog.showModal()
  const empty = [...dialog.querySelectorAll("input[type=text], textarea")].find((box) => !box.value && box.checkVisibility())
  const rest = dialog.querySelector("input:checked, select, button")
  ;(empty ?? rest)?.focus()
}
