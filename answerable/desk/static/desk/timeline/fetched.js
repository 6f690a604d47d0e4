// What is asked of the server about a conversation: a window of it, and how many entries there are.

import { fetchPart, Refused } from "../fetching.js"

export async function windowOf(feed, asked) {
  const query = new URLSearchParams({ ...asked, show: feed.dataset.show ?? "all" })
  const { part } = await fetchPart(`${feed.dataset.window}?${query}`)
  return part.querySelector("[role=feed]")
}

export async function placesOf(feed) {
  const answer = await fetch(`${feed.dataset.where}?first=${feed.dataset.first}`, { headers: { "HX-Request": "true" } })
  if (!answer.ok) throw new Refused(answer.status)
  return answer.json()
}
