// Which rows of a long list are in the page. Pure: numbers in, numbers out.

export const MARGIN = 15
export const SHOWN = 60

// What is seen of a list, as the first row and the one after the last.
export function seen({ top, height, row }) {
  const first = Math.max(0, Math.floor(top / row))
  return { first, last: first + Math.ceil(height / row) }
}

// From which row on the page should have rows, or null when those that it has will do.
export function moveTo({ first, last, skip, have, total }) {
  const missesAbove = skip > 0 && first < skip + MARGIN
  const missesBelow = skip + have < total && last > skip + have - MARGIN
  if (!missesAbove && !missesBelow) return null
  const middle = Math.round((first + last) / 2)
  const wanted = Math.min(Math.max(0, middle - SHOWN / 2), Math.max(0, total - SHOWN))
  return wanted === skip ? null : wanted
}

// How high the space is above and below the rows that are in the page.
export function spaces({ skip, have, total, row }) {
  return { above: skip * row, below: Math.max(0, total - skip - have) * row }
}
