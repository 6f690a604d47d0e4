// The reader's own keys, for what scripts do themselves: which command of the desk's table was typed.

import { chordOf } from "../design/helpers/chords.js"

const NAMED = { Space: " ", "↓": "ArrowDown", "↑": "ArrowUp" }
const typed = JSON.parse(document.getElementById("desk-keys")?.textContent ?? "{}")
const commands = new Map(Object.entries(typed).flatMap(([name, ways]) => ways.map((way) => [NAMED[way] ?? way, name])))

export const commandOf = (event) => commands.get(chordOf(event))
