// What is chosen beside a text: to whom it goes, and what is done once it is sent.

const NAMES = ["mail-recipients", "staged-acts"]

const partsOf = (box) => NAMES.map((name) => [name, box.querySelector(name)]).filter(([, part]) => part)

export function dataOf(box) {
  return Object.assign({}, ...partsOf(box).map(([, part]) => part.data))
}

export function shownIn(box) {
  return Object.fromEntries(partsOf(box).map(([name, part]) => [name, part.shown ?? part.data]))
}

export async function putBeside(box, shown) {
  await Promise.all(NAMES.map((name) => customElements.whenDefined(name)))
  for (const [name, part] of partsOf(box)) if (shown[name]) part.putBack(shown[name])
}
