// What can be typed after a first key, shown while the second one is waited for.

const shown = () => document.querySelector(".key-hint")

export function showHint(elements, prefix) {
  hideHint()
  const list = document.createElement("ul")
  list.className = "key-hint"
  list.ariaHidden = "true"
  list.append(...elements.map((element) => row(element, prefix)))
  document.body.append(list)
}

export function hideHint() {
  shown()?.remove()
}

function row(element, prefix) {
  const item = document.createElement("li")
  const cap = document.createElement("kbd")
  cap.textContent = element.dataset.key.slice(prefix.length).trim().toUpperCase()
  item.append(cap, " ", element.dataset.keyLabel ?? element.ariaLabel ?? element.textContent.trim())
  return item
}
