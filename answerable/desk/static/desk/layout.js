// How the reader has the desk: the widths of panes and what is folded, kept on the server a moment after the
// last change. The server writes what was kept into the page; nothing jumps when it opens.

import { secret } from "./fetching.js"

const REST = 400
const panes = () => document.querySelector("desk-panes")
let widths = {}
let timer

const folded = () => new Set((panes()?.dataset.folded ?? "").split(" ").filter(Boolean))

export const isFolded = (name) => folded().has(name)

export function fold(name, isShut) {
  const all = folded()
  if (isShut) all.add(name)
  else all.delete(name)
  panes().dataset.folded = [...all].join(" ")
  later()
}

export function setWidth(pane, width) {
  widths = { ...widths, [pane]: width }
  later()
}

function later() {
  clearTimeout(timer)
  timer = setTimeout(keep, REST)
}

// What cannot be kept now is as it is for this page, and told with the next change.
function keep() {
  const body = new FormData()
  for (const splitter of document.querySelectorAll("pane-splitter")) {
    const { pane } = splitter.dataset
    const width = pane in widths ? widths[pane] : splitter.kept
    if (width) body.set(pane, width)
  }
  for (const name of folded()) body.append("folded", name)
  fetch(panes().dataset.layout, { method: "POST", body, headers: { "X-CSRFToken": secret(), "HX-Request": "true" }, keepalive: true }).catch(() => {})
}
