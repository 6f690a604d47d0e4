// Runs two scripts that share modules, from standard input, and says what came of them.
import { readFileSync } from "node:fs"

const load = (text) => import(`data:text/javascript,${encodeURIComponent(text)}`)
const [first, second] = JSON.parse(readFileSync(0, "utf8"))
const [one, other] = [await load(first), await load(second)]
const same = Object.keys(one).filter((name) => one[name] === other[name])
console.log(JSON.stringify({ exports: [Object.keys(one), Object.keys(other)], same, said: globalThis.said }))
