// The buttons below a box: macros, preview, files, only the requester, the customer's language.

import { secret } from "../fetching.js"
import { tell } from "../../design/tell.js"
import { say } from "../words.js"
import { replaceIn } from "./choices.js"

const DOES = {
  "[data-macros]": (box) => {
    box.open()
    box.querySelector("macro-list").begin()
  },
  "[data-only]": async (box) => {
    box.open()
    await box.querySelector("mail-recipients").onlyOwner()
  },
  "[data-attach]": (box) => box.querySelector("attach-files input[type=file]")?.click(),
  "[data-preview]": (box, button) => preview(box, button),
  "[data-translate]": (box, button) => translate(box, button),
}

// What opens below the buttons is seen as a whole, however little of the box is.
document.addEventListener("toggle", ({ target }) => target.matches?.("details.tool[open]") && target.scrollIntoView({ block: "nearest" }), true)

// Says whether the press was for one of them.
export function use(box, target) {
  for (const [selector, act] of Object.entries(DOES)) {
    const button = target.closest(selector)
    if (button && box.contains(button)) {
      act(box, button)
      return true
    }
  }
  return false
}

// Escape closes what is open around it and goes on with the text. Says whether anything was.
export function closeTool(target, text) {
  const tool = target.closest("details.tool[open], .recipients-edit[open]")
  if (!tool) return false
  tool.open = false
  text.focus()
  return true
}

// Enter in a tool presses its own button, and not the first one of the form. Says whether it did.
export function pressTool(event) {
  const button = event.target.matches("input") && event.target.closest(".tool-body")?.querySelector("button[name=then]")
  if (!button || event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return false
  event.preventDefault()
  button.click()
  return true
}

async function preview(box, button) {
  const place = box.querySelector(".composer-preview")
  const shows = place.hidden
  button.ariaPressed = String(shows)
  place.hidden = !shows
  if (!shows) return
  const answer = await post(button.dataset.url, box)
  if (answer.ok) place.innerHTML = await answer.text()
}

// What its writer wrote stays beside it until they have looked the other through.
async function translate(box, button) {
  const text = box.querySelector("textarea")
  const own = text.value
  button.disabled = true
  const answer = await post(button.dataset.translate, box).catch(() => undefined)
  button.disabled = false
  if (!answer?.ok) return tell((answer && (await answer.text())) || say.not_received)
  replaceIn(text, 0, text.value.length, await answer.text())
  const place = box.querySelector(".composer-preview")
  const kept = document.createElement("div")
  kept.className = "entry-body preview-body own-words"
  kept.textContent = own
  const back = document.createElement("button")
  Object.assign(back, { type: "button", className: "button button--small", textContent: say.back_to_own })
  back.addEventListener("click", () => {
    replaceIn(text, 0, text.value.length, own)
    place.hidden = true
  })
  place.replaceChildren(kept, back)
  place.hidden = false
}

function post(address, box) {
  const text = box.querySelector("textarea")
  const body = new URLSearchParams({ [text.name]: text.value })
  return fetch(address, { method: "POST", body, headers: { "X-CSRFToken": secret(), "HX-Request": "true" } })
}
