// The words that the desk's scripts say, translated by the server, beside those of every page.

import { say as common } from "../design/words.js"

export const say = {
  ...common,
  ...JSON.parse(document.getElementById("desk-words")?.textContent ?? "{}"),
}
