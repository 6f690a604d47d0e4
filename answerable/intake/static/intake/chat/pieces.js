// Small elements that a chat is made of.

export function made(name, css, text = "") {
  const element = document.createElement(name)
  element.className = css
  if (text) element.textContent = text
  return element
}

// What came with a line, as links; what the scanner holds back says so and has none.
export function filesOf(files) {
  const list = made("ul", "files")
  list.append(...files.map(fileOf))
  return list
}

function fileOf({ name, described, address, held, warns }) {
  const row = made("li", "file")
  const title = made(held ? "span" : "a", "file-name", name)
  if (!held) Object.assign(title, { href: address, target: "_blank", rel: "noopener" })
  row.append(title, made("small", "", [described, held || warns].filter((one) => typeof one === "string" && one).join(" · ")))
  return row
}
