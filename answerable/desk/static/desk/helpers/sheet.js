// Cells of a spreadsheet: as they are pasted, as a table of Markdown, as a file. Pure.

// Cells between tabs, in at least two rows that are equally long, are a sheet; other text is none.
export function cellsIn(text) {
  const rows = text.replace(/\r?\n$/u, "").split(/\r?\n/u).map((row) => row.split("\t"))
  const width = rows[0].length
  return rows.length > 1 && width > 1 && rows.every((row) => row.length === width) && rows[0][0].trim() ? rows : undefined
}

// The first rows as a table, of so many cells at the most, and how many rows are left out.
export function tableOf(rows, most) {
  const width = Math.max(...rows.slice(0, 50).map((row) => row.length))
  const taken = rows.slice(0, Math.max(1, Math.floor(most / width)))
  const lines = taken.map((row) => line(row.slice(0, width).map(cell), width))
  lines.splice(1, 0, line(Array(width).fill("---"), width))
  return { text: lines.join("\n"), left: rows.length - taken.length }
}

// All of it as a file that spreadsheets open. What could begin a formula is kept from being one.
export function csvOf(rows) {
  return rows.map((row) => row.map(field).join(",")).join("\r\n") + "\r\n"
}

const cell = (text) => text.replaceAll(/\s+/gu, " ").trim().replaceAll("|", "\\|")
const line = (cells, width) => `| ${[...cells, ...Array(width - cells.length).fill("")].join(" | ")} |`

function field(text) {
  const safe = /^[=+@\t\r]|^-(?![\d.])/u.test(text) ? `'${text}` : text
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
