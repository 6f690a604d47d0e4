// What the palette shows for what was typed: what was used last first, then what fits; what cannot be done now
// comes last, with its reason.

import { asked, ranked } from "../helpers/palette.js"
import { fill } from "../../design/helpers/text.js"
import { say } from "../words.js"
import { openAt } from "./found.js"
import { showDialog } from "./level.js"
import { recent } from "./recent.js"

const MOST = 60

export function gathered(text, local, found) {
  const { kind, words } = asked(text)
  const used = recent()
  const known = new Set(found.map((one) => one.id))
  const kept = used.filter((one) => one.kind && !known.has(one.id)).map(again)
  const own = [...kept, ...local].filter((one) => !kind || one.kind === kind)
  const near = ranked(own, words, used.map((one) => one.id))
  const theirs = found.filter((one) => !kind || one.kind === kind)
  const cannot = words ? near.filter((one) => one.lacks) : []
  return [...near.filter((one) => !one.lacks), ...theirs, ...cannot].slice(0, MOST)
}

const again = (one) => ({ ...one, run: () => (one.number ? openAt(one.address) : location.assign(one.address)) })

// The one option where nothing fits: the search of everything, or the dialog that a level is of.
export function nothingFor(typed, level, search) {
  const q = level ? typed : asked(typed).words
  if (level) return { id: "none", words: fill(say.palette_no_choice, { q }), run: showDialog }
  return { id: "none", words: fill(say.palette_none, { q }), run: () => location.assign(`${search}?${new URLSearchParams({ q })}`) }
}
