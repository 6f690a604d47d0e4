// Keys: an element with data-key="r" is pressed, or focused if one types in it, when R is typed.
// data-key="g q" is G then Q, "j, ArrowDown" either; data-key="Mod+Enter" acts from anywhere in its own form.
// Single keys act only outside text boxes, and not at all with <body data-single-keys="off">.

import { PREFIX, chordOf, isSingle, wanted } from "./helpers/chords.js"
import { hideHint, showHint } from "./hint.js"
import { whisper } from "./tell.js"
import { say } from "./words.js"

const PREFIX_WAITS = 1200
const TYPING = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])"
let prefixedUntil = 0
let waiting

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.repeat) return
  const chord = chordOf(event)
  if (!chord || (isSingle(chord) && !mayUseSingle(event.target))) return
  const prefixed = event.timeStamp < prefixedUntil
  begun(0)
  const target = find(wanted(chord, prefixed), event.target)
  if (target) {
    event.preventDefault()
    press(target)
  } else if (!prefixed && chord === PREFIX && following().length) {
    begun(event.timeStamp + PREFIX_WAITS)
    showHint(following(), PREFIX)
    whisper(say.go_to)
  }
})

// The second key is waited for until then; what it may be is shown as long.
function begun(until) {
  clearTimeout(waiting)
  hideHint()
  prefixedUntil = until
  if (until) waiting = setTimeout(hideHint, PREFIX_WAITS)
}

const following = () => [...document.querySelectorAll(`[data-key^="${PREFIX} "]`)].filter((element) => element.checkVisibility())

function mayUseSingle(place) {
  return document.body.dataset.singleKeys !== "off" && !place.closest?.(TYPING)
}

// An open dialog has the keys to itself; a key of a form belongs to the form one types in.
function find(key, place) {
  const within = document.querySelector("dialog:modal") ?? document
  const own = place.closest?.("form")
  return [...within.querySelectorAll("[data-key]")]
    .filter((element) => element.dataset.key.split(", ").includes(key))
    .filter((element) => isSingle(key) || !element.closest("form") || element.closest("form") === own)
    .find((element) => element.checkVisibility() && !element.closest("[inert]"))
}

// Presses a button or a link, and goes into a text box.
export function press(element) {
  if (element.matches(TYPING)) element.focus()
  else element.click()
}
