// In which order a list stands, when what is new must not move what somebody looks at.
// Pure: tickets are numbers, and nothing here knows the page.

// While the list is held, rows stay where they are and new ones follow the last; `moved` counts the
// tickets that stand elsewhere than they should. Otherwise the fresh order is the order.
export function plan(shown, fresh, { held }) {
  if (!held) return { order: fresh, moved: 0 }
  const known = new Set(shown)
  const added = fresh.filter((number) => !known.has(number))
  return { order: [...shown, ...added], moved: movedCount(shown, fresh) }
}

// How many tickets differ: those that came, those that went, and the fewest that changed places.
export function movedCount(shown, fresh) {
  const place = new Map(fresh.map((number, index) => [number, index]))
  const kept = shown.filter((number) => place.has(number))
  const came = fresh.length - kept.length
  const went = shown.length - kept.length
  return came + went + kept.length - longestRising(kept.map((number) => place.get(number)))
}

// Two groups stand as one list: a ticket that changes from one to the other has moved.
export function movedInGroups(shown, fresh) {
  const names = Object.keys(fresh)
  const flat = (groups) => names.flatMap((name) => groups[name].map((number) => `${name} ${number}`))
  const crossed = names.flatMap((name) => fresh[name].filter((number) =>
    names.some((other) => other !== name && shown[other].includes(number))))
  return movedCount(flat(shown), flat(fresh)) - crossed.length
}

function longestRising(places) {
  const ends = []
  for (const place of places) {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (ends[middle] < place) low = middle + 1
      else high = middle
    }
    ends[low] = place
  }
  return ends.length
}

// A list is held while somebody points at it or has the focus in it, and a little longer.
export const HELD_FOR = 5000

export function isHeld({ pointed, focused, touchedAt, now }) {
  return pointed || focused || now - touchedAt < HELD_FOR
}
