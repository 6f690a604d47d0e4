// The rows of the list as elements: which there are, and putting them in an order.

import { linkOf, name } from "./rows.js"

export const GROUPS = { now: ".queue-now", rest: ".queue-rest" }

export const rowsIn = (place) => [...place.querySelectorAll("[role=row][data-number]")]

export const numbersIn = (place) => Object.fromEntries(Object.entries(GROUPS).map(([group, selector]) =>
  [group, [...place.querySelectorAll(`${selector} [data-number]`)].map((row) => row.dataset.number)]))

// Rows that stand right are not touched, so that what can keep its place keeps it.
export function place(group, order, fresh) {
  if (!group) return
  const wanted = new Set(order)
  for (const row of rowsIn(group)) if (!wanted.has(row.dataset.number)) row.remove()
  let next = group.firstElementChild
  for (const number of order) {
    const row = document.getElementById(`row-${number}`) ?? fresh.get(number)
    if (row === next) next = next.nextElementSibling
    else group.insertBefore(row, next)
    if (linkOf(number)) name(linkOf(number))
  }
}
