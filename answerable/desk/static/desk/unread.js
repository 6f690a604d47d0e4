// A dot on the rows of tickets of which their reader was told something that they have not read. Rows come and
// go while one looks: a sheet of styles names those that have one.

const sheet = new CSSStyleSheet()
document.adoptedStyleSheets.push(sheet)

export function mark(tickets = []) {
  const rows = tickets.map((number) => `#row-${Number(number)}`)
  sheet.replaceSync(rows.length ? `${rows.join(", ")} { --unread-shown: inline-block }` : "")
}
