// What a card is about, and whether it sounds.

export const isCritical = (card) => Boolean(card.querySelector("[data-claim]")) && (card.dataset.kind ?? "critical") === "critical"
export const isNotice = (card) => card.hasAttribute("data-notice")
export const insists = (card) => card.hasAttribute("data-insists")
// A notice sounds if the server says so, once; an offer does unless its ticket is looked at.
export const rings = (card) => (isNotice(card) ? card.hasAttribute("data-sounds") && !insists(card) : card.dataset.kind && !isCritical(card) && !isLookedAt(card))
export const isLookedAt = (card) => document.querySelector("live-ticket")?.dataset.number === card.dataset.ticket && !document.hidden
