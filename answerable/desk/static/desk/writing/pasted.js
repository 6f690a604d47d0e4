// Rich text from the clipboard as Markdown. Nothing of it runs or loads: it is parsed in a document of its
// own, and only words, links and a few marks are taken. A sheet becomes a table of so many cells at the most;
// what goes beyond is said.

import { fill } from "../../design/helpers/text.js"
import { cellsIn, tableOf } from "../helpers/sheet.js"
import { say } from "../words.js"

const MOST_CELLS = 2000
const LONGEST = 2_000_000
const SKIPPED = new Set(["SCRIPT", "STYLE", "META", "TITLE", "LINK", "HEAD", "NOSCRIPT", "TEMPLATE", "OBJECT", "IFRAME"])
const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "HEADER", "FOOTER", "MAIN", "ADDRESS", "FIGURE", "DL", "DT", "DD"])

// What was read, and the sheets of which rows were left out.
let cut = []

// `plain` is the same without a form: of a sheet that is too long to be read as HTML, it has all rows.
export function toMarkdown(html, plain = "") {
  cut = []
  const rows = html.length > LONGEST && cellsIn(plain)
  if (rows) return { text: sheet(rows).trim(), cut }
  const parsed = new DOMParser().parseFromString(html.slice(0, LONGEST), "text/html")
  const text = inside(parsed.body).replaceAll("\u00a0", " ").replaceAll(/[ \t]+\n/gu, "\n").replaceAll(/\n{3,}/gu, "\n\n").trim()
  return { text, cut }
}

// Cells that a program copied without a form; undefined for any other text.
export function sheetToMarkdown(plain) {
  cut = []
  const rows = cellsIn(plain)
  return rows && { text: sheet(rows).trim(), cut }
}

function inside(node, depth = 0) {
  return [...node.childNodes].map((child) => one(child, depth)).join("")
}

function one(node, depth) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replaceAll(/\s+/gu, " ")
  if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(node.tagName) || depth > 40) return ""
  const write = WRITES[node.tagName]
  if (write) return write(node, depth + 1)
  return BLOCKS.has(node.tagName) ? block(inside(node, depth + 1)) : inside(node, depth + 1)
}

const block = (text) => (text.trim() ? `\n\n${text.trim()}\n\n` : "")

// Marks stand at the words, never beside spaces; bold in name only (as some editors write) is not bold.
function marked(node, mark, depth) {
  const text = inside(node, depth)
  if (!text.trim() || /font-weight:\s*(?:normal|400)/iu.test(styleOf(node))) return text
  const [, before, words, after] = text.match(/^(\s*)([\s\S]*?)(\s*)$/u)
  return words.includes("\n") ? text : `${before}${mark}${words}${mark}${after}`
}

function link(node, depth) {
  const [text, address] = [inside(node, depth).trim(), node.getAttribute("href") ?? ""]
  if (!/^(https?:|mailto:)/iu.test(address) || !text) return text
  const bare = address.replace(/^mailto:/iu, "")
  return text === bare || text === address ? bare : `[${text.replaceAll(/[[\]]/gu, "")}](${address.replaceAll(/[\s()]/gu, encodeURIComponent)})`
}

function list(node, depth) {
  const items = [...node.children].filter(({ tagName }) => tagName === "LI")
  const start = Number(node.getAttribute("start")) || 1
  const lines = items.map((item, index) => {
    const sign = node.tagName === "OL" ? `${start + index}. ` : "- "
    return sign + inside(item, depth).trim().replaceAll(/\n+/gu, `\n${" ".repeat(sign.length)}`)
  })
  return block(lines.join("\n"))
}

function table(node) {
  const rows = [...node.rows].map(({ cells }) => [...cells].map(({ textContent }) => textContent))
  if (!rows.some((row) => row.length)) return ""
  if (rows.length === 1 && rows[0].length === 1) return block(inside(node.rows[0].cells[0]))
  return sheet(rows)
}

function sheet(rows) {
  const { text, left } = tableOf(rows, MOST_CELLS)
  if (left) cut.push(rows)
  return `\n\n${text}\n\n${left ? fill(say.rows_left_out, { count: left }) + "\n\n" : ""}`
}

const heading = (node, depth) => block(`${"#".repeat(Number(node.tagName[1]))} ${inside(node, depth).trim()}`)
// The page's own rules keep styles from being read as such: they are read as words.
const styleOf = (node) => node.getAttribute("style") ?? ""

// Editors on the web write bold and italic as styles.
function styled(node, depth) {
  const isItalic = /font-style:\s*italic/iu.test(styleOf(node))
  const write = /font-weight:\s*(?:bold|[6-9]00)/iu.test(styleOf(node)) ? "**" : isItalic ? "*" : ""
  return write ? marked(node, write, depth) : inside(node, depth)
}

const bold = (node, depth) => marked(node, "**", depth)
const italic = (node, depth) => marked(node, "*", depth)
const code = (node) => (node.textContent.includes("`") ? node.textContent : `\`${node.textContent}\``)

const WRITES = {
  A: link,
  B: bold,
  STRONG: bold,
  I: italic,
  EM: italic,
  SPAN: styled,
  CODE: code,
  KBD: code,
  BR: () => "\n",
  HR: () => block("---"),
  IMG: (node) => node.alt,
  PRE: (node) => block(`\`\`\`\n${node.textContent.trimEnd()}\n\`\`\``),
  BLOCKQUOTE: (node, depth) => block(inside(node, depth).trim().replaceAll(/^/gmu, "> ")),
  UL: list,
  OL: list,
  TABLE: table,
  ...Object.fromEntries(["H1", "H2", "H3", "H4", "H5", "H6"].map((name) => [name, heading])),
}
