// Moving between panes with Ctrl and F6, also out of text boxes, and to the first and latest entry of a conversation.

const PANES = ["#queue, #chats", "#main", "#side", ".desk-bar", ".rail"]

// Where the focus goes in a pane: what it was on last there, or what matters most in it.
const FIRST = "a.queue-row[tabindex='0'], #ticket-title, h1[tabindex], a[href], button:not([tabindex='-1'])"

const last = new WeakMap()

const panes = () => PANES.map((selector) => document.querySelector(selector)).filter((pane) => pane?.checkVisibility())

document.addEventListener("focusin", ({ target }) => {
  const pane = panes().find((one) => one.contains(target))
  if (pane) last.set(pane, target)
})

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog:modal") || event.altKey) return
  if (event.key === "F6" && (event.ctrlKey || event.metaKey)) toPane(event)
  else if ((event.key === "Home" || event.key === "End") && !event.ctrlKey && !event.metaKey && !event.shiftKey) toEnd(event)
})

function toPane(event) {
  event.preventDefault()
  const all = panes()
  const place = document.activeElement
  const edge = place.closest("pane-splitter") && document.getElementById(place.getAttribute("aria-controls"))
  const here = all.findIndex((pane) => pane.contains(edge ?? place))
  const pane = all.at((here + (event.shiftKey ? -1 : 1)) % all.length)
  const before = last.get(pane)
  const goal = before?.isConnected && before.checkVisibility() ? before : [...pane.querySelectorAll(FIRST)].find((one) => one.checkVisibility())
  ;(goal ?? pane).focus()
}

function toEnd(event) {
  const entry = event.target.closest?.("#feed > article")
  if (!entry || entry !== event.target) return
  event.preventDefault()
  const { firstElementChild, lastElementChild } = entry.parentElement
  ;(event.key === "Home" ? firstElementChild : lastElementChild).focus()
}
