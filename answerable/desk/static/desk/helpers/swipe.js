// What a finger means that goes over a row: nothing yet, a scroll, or an act once it went far enough.
// Pure: distances are in pixels, to the right and down.

const DECIDES = 12 // less is a finger that does not lie quite still
const SLANTED = 1.5 // so much more across than down
const FAR = 96
const SHARE = 0.35 // of a narrow row, this is far enough
const GIVES = 140 // a row goes no farther with the finger than this

export const meaning = (dx, dy) => {
  if (Math.max(Math.abs(dx), Math.abs(dy)) < DECIDES) return "unsure"
  return Math.abs(dx) > SLANTED * Math.abs(dy) ? "swipe" : "scroll"
}

// To the right takes, to the left holds (ux.md 8.14).
export const side = (dx) => (dx > 0 ? "take" : "hold")

export const isFar = (dx, width) => Math.abs(dx) >= Math.min(FAR, SHARE * width)

export const shift = (dx) => Math.max(-GIVES, Math.min(GIVES, dx))
