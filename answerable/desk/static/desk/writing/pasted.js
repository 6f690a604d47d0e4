// Rich text from the clipboard as Markdown. Nothing of it runs or loads: it is parsed in a document of its
// own, and only words, links and a few marks are taken. A sheet becomes a table of so many cells at the most;
// what goes beyond is said.

import { fill } from "../../design/helpers/text.js"
import { say } from "../words.js"

const MOST_CELLS = 2000
const LONGEST = 2_000_000
const SKIPPED = new Set(["SCRIPT", "STYLE", "META", "TITLE", "LINK", "HEAD", "NOSCRIPT", "TEMPLATE", "OBJECT", "IFRAME"])
const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "HEADER", "FOOTER", "MAIN", "ADDRESS", "FIGURE", "DL", "DT", "DD"])

export function toMarkdown(html) {
  const parsed = new DOMParser().parseFromString(html.slice(0, LONGEST), "text/html")
  return inside(parsed.body).replaceAll("\u00a0", " ").replaceAll(/[ \t]+\n/gu, "\n").replaceAll(/\n{3,}/gu, "\n\n").trim()
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
  if (!text.trim() || /^(normal|400)$/u.test(node.style?.fontWeight ?? "")) return text
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
  const rows = [...node.rows]
  const width = Math.max(0, ...rows.slice(0, 50).map(({ cells }) => cells.length))
  if (width === 0) return ""
  if (rows.length === 1 && width === 1) return block(inside(rows[0].cells[0]))
  const taken = rows.slice(0, Math.max(1, Math.floor(MOST_CELLS / width)))
  const lines = taken.map(({ cells }) => line([...cells].slice(0, width).map(cell), width))
  lines.splice(1, 0, line(Array(width).fill("---"), width))
  const left = rows.length - taken.length
  return `\n\n${lines.join("\n")}\n\n${left ? fill(say.rows_left_out, { count: left }) + "\n\n" : ""}`
}

const cell = (node) => node.textContent.replaceAll(/\s+/gu, " ").trim().replaceAll("|", "\\|")
const line = (cells, width) => `| ${[...cells, ...Array(width - cells.length).fill("")].join(" | ")} |`

const heading = (node, depth) => block(`${"#".repeat(Number(node.tagName[1]))} ${inside(node, depth).trim()}`)
const bold = (node, depth) => marked(node, "**", depth)
const italic = (node, depth) => marked(node, "*", depth)
const code = (node) => (node.textContent.includes("`") ? node.textContent : `\`${node.textContent}\``)

const WRITES = {
  A: link,
  B: bold,
  STRONG: bold,
  I: italic,
  EM: italic,
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
