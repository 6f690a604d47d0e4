// Which tickets are worth fetching before they are opened: the one that has the focus, and its neighbours. Pure.

// The numbers around one of a list, itself first; without those that are left out.
export function around(numbers, one, { without = new Set() } = {}) {
  const at = numbers.indexOf(one)
  if (at < 0) return []
  return [one, numbers[at + 1], numbers[at - 1]].filter((number) => number && !without.has(number))
}

// What is kept of what was fetched: nothing too old, and no more than the newest few.
export function kept(entries, now, { fresh, most }) {
  return [...entries].filter(([, { at }]) => now - at < fresh).slice(-most)
}
