// How wide a pane may be: between what can be read and what leaves the conversation its place. Pure.

export const NARROWEST = 220
export const WIDEST = 760
const CONVERSATION = 480
const RAIL = 52

// The widest that a pane may be in a window beside another pane; never less than the narrowest.
export function widestIn(window, other) {
  return Math.max(NARROWEST, Math.min(WIDEST, window - RAIL - CONVERSATION - other))
}

export function fitted(width, widest) {
  return Math.round(Math.min(Math.max(width, NARROWEST), widest))
}

// What an arrow does to a width, by whether the pane grows to the right.
export function stepped(width, key, { grows, step = 16 }) {
  const by = { ArrowRight: grows ? step : -step, ArrowLeft: grows ? -step : step }[key]
  return by === undefined ? undefined : width + by
}
