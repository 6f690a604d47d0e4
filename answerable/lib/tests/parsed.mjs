// Reads scripts from standard input, and says of which of them a browser could make nothing.
import { readFileSync } from "node:fs"
import vm from "node:vm"

const wrong = []
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  try {
    new vm.SourceTextModule(text)
  } catch (error) {
    wrong.push(`${name}: ${error.message}`)
  }
}
console.log(wrong.join("\n"))
