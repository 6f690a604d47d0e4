// Putting what the server says now into the page, without touching what is as it was.

// An element takes over the attributes and the content of a fresher one, and stays itself:
// the focus, the pointer and the place in the list are not disturbed.
export function become(element, fresh) {
  takeAttributes(element, fresh)
  const link = element.querySelector(":scope a")
  const freshLink = fresh.querySelector("a")
  if (!link || !freshLink) return element.replaceChildren(...fresh.childNodes)
  takeAttributes(link, freshLink)
  link.replaceChildren(...freshLink.childNodes)
}

const KEPT = new Set(["tabindex", "aria-selected", "aria-current", "id"])

function takeAttributes(element, fresh) {
  for (const { name } of [...element.attributes]) {
    if (!fresh.hasAttribute(name) && !KEPT.has(name)) element.removeAttribute(name)
  }
  for (const { name, value } of fresh.attributes) {
    if (!KEPT.has(name) && element.getAttribute(name) !== value) element.setAttribute(name, value)
  }
}

// A part is replaced whole where it says something else; the focus returns to its counterpart.
export function replacePart(element, fresh) {
  const name = focusName(element)
  const next = document.importNode(fresh, true)
  element.replaceWith(next)
  window.htmx?.process(next)
  if (name) (find(next, name) ?? next).focus({ preventScroll: true })
  return next
}

function focusName(element) {
  const active = document.activeElement
  if (!element.contains(active)) return ""
  return active.id ? `#${CSS.escape(active.id)}` : `[data-key="${CSS.escape(active.dataset.key ?? "")}"]`
}

function find(element, name) {
  return element.matches(name) ? element : element.querySelector(name)
}
