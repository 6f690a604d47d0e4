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

// A line of ours that the server does not have yet, or did not take: it says so itself.
export function waitingRow(line, state, words, time) {
  const row = made("li", "entry entry--ours entry--waiting")
  row.dataset.token = line.token
  const head = made("div", "entry-head")
  const when = made("time", "entry-when", time)
  when.dateTime = line.at
  head.append(made("span", "entry-who", words.you), made("span", "unseen", ", "), when)
  const body = made("div", "entry-body", [line.body, ...(line.files ?? []).map((file) => file.name)].filter(Boolean).join("\n"))
  body.dir = "auto"
  row.append(head, body, stateLine(state, words))
  return row
}

function stateLine(state, words) {
  const says = made("p", `entry-state entry-state--${state}`, state === "failed" ? `${words.not_sent} ` : words[state])
  if (state !== "failed") return says
  const again = made("button", "link-button", words.send_again)
  again.type = "button"
  again.dataset.chatAgain = ""
  says.append(again)
  return says
}
