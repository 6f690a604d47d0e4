// The options of the palette as elements: what it is called, what it is, and its key at the right.

import { fill } from "../../design/helpers/text.js"
import { element } from "../writing/choices.js"
import { say } from "../words.js"

export function option(entry, index) {
  const item = document.createElement("div")
  item.role = "option"
  item.id = `palette-${index}`
  item.className = "palette-option"
  if (entry.lacks) item.setAttribute("aria-disabled", "true")
  if (entry.isChosen) item.dataset.chosen = ""
  const words = entry.lacks ? fill(say.palette_lacks, { what: entry.words, why: entry.lacks }) : entry.words
  item.append(element("span", words, "palette-words"))
  const about = entry.kind === "command" ? "" : entry.about || say.palette_kinds[entry.kind] || ""
  if (about) item.append(element("span", about, "palette-about"))
  if (entry.caps?.length) item.append(capsOf(entry.caps))
  return item
}

function capsOf(caps) {
  const place = element("span", "", "palette-caps")
  place.append(...caps.flatMap((cap) => [element("kbd", cap), " "]))
  return place
}
