// Which entries of a long conversation are in the page, and where they stand among all. Pure.

// So many entries are in the page at the most, wherever one reads.
export const MOST = 150

// How many entries go from the far end when there are too many.
export const surplus = (have, most = MOST) => Math.max(0, have - most)

// Where entries that are merged in belong: before the first that is newer; -1 for the end.
export function placeFor(number, numbers) {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle] < number) low = middle + 1
    else high = middle
  }
  return low === numbers.length ? -1 : low
}

// What a page does with entries that the server says are the latest: `add` what follows what it has,
// `replace` all where something between is missing and one reads the end, or `leave` them for later.
export function merge({ newest, later, first, earlier, atEnd }) {
  if (later) return "leave"
  const hasGap = Boolean(newest && earlier && first > newest)
  if (!hasGap) return "add"
  return atEnd ? "replace" : "leave"
}

// The place of an entry among all of them, and how many there are; -1 while that is not known.
export function numbering({ above, count, length, later }) {
  if (count === undefined) return { start: 1, size: -1 }
  return { start: above + 1, size: later ? Math.max(count, above + length + 1) : above + length }
}
