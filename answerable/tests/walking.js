// What is asked of each page that is walked (test_every_page_browser.py): can everything be reached by Tab, is it
// seen where the focus is, is any text cut off. Runs before the page's own scripts.

self.walking = {
  begin() {
    Object.assign(this, { reached: new WeakSet(), known: new Set(), unseen: [] })
  },

  // Whatever Tab should reach: one of a group of radio buttons, and of what is inside a frame nothing.
  reachable() {
    const groups = new Set()
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex], audio[controls]")].filter((one) => {
      if (one.tabIndex < 0 || one.disabled || one.type === "hidden" || one.closest("[inert]")) return false
      if (!one.checkVisibility({ visibilityProperty: true }) || !one.getClientRects().length) return false
      if (one.type !== "radio") return true
      const group = `${one.form?.id} ${one.name}`
      if (groups.has(group)) return false
      groups.add(group)
      return true
    })
  },

  // A day and a time have parts of their own that Tab stops at.
  presses() {
    const parts = { date: 4, time: 4, "datetime-local": 8, month: 4 }
    return this.reachable().reduce((sum, one) => sum + 1 + (parts[one.type] ?? 0), 2)
  },

  missed() {
    return this.reachable().filter((one) => !this.reached.has(one) && !this.known.has(whichOf(one))).map(named)
  },

  // Texts that are cut off; those that end in an ellipsis are meant to, and are whole elsewhere.
  cut() {
    return [...document.querySelectorAll("body *")].filter((one) => holdsText(one) && isCut(one)).map(named)
  },
}

walking.begin()
document.addEventListener("focusin", (event) => {
  const target = event.composedPath()[0]
  walking.reached.add(target)
  walking.known.add(whichOf(target))
  if (!isInSight(target)) walking.unseen.push(`covered: ${named(target)}`)
  const contrast = ringOf(target)
  if (contrast < 3) walking.unseen.push(`ring ${contrast.toFixed(1)}: ${named(target)}`)
})

const named = (one) => one.outerHTML.slice(0, 140)

// What a part that fetched itself again has in the place of another is the same, whatever its clocks say by then.
function whichOf(one) {
  if (one.type === "radio") return `radio ${one.form?.id} ${one.name}`
  const words = [one.id, one.getAttribute("name"), one.getAttribute("href"), one.getAttribute("aria-label"), unclocked(one).slice(0, 80)]
  return [one.tagName, ...words].join(" ")
}

function unclocked(one) {
  const copy = one.cloneNode(true)
  for (const clock of copy.querySelectorAll("due-time, time")) clock.remove()
  return copy.textContent
}

function isInSight(one) {
  const { left, top, right, bottom } = one.getBoundingClientRect()
  const [x, y, end, foot] = [Math.max(left, 0), Math.max(top, 0), Math.min(right, innerWidth), Math.min(bottom, innerHeight)]
  if (end <= x || foot <= y) return false
  return [0.5, 0.05, 0.95].some((across) =>
    [0.5, 0.05, 0.95].some((down) => {
      const hit = one.getRootNode().elementFromPoint(x + (end - x) * across, y + (foot - y) * down)
      return hit && (one.contains(hit) || hit.contains(one) || [...(one.labels ?? [])].some((label) => label.contains(hit)))
    }),
  )
}

// What an element stands in, also where that is a part with a shadow.
const above = (one) => one.parentElement ?? one.getRootNode().host

// The contrast of the ring with what it lies on: the element's, or that of what stands for it.
function ringOf(one) {
  const all = [one, ...(one.labels ?? []), ...around(one), one.nextElementSibling, one.previousElementSibling]
  return Math.max(0, ...all.filter(Boolean).map(ringContrast))
}

// A box may have its ring around all that belongs to it.
function around(one) {
  const found = []
  for (let at = above(one); at && found.length < 4; at = above(at)) found.push(at)
  return found
}

function ringContrast(one) {
  const style = getComputedStyle(one)
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return 0
  const inside = parseFloat(style.outlineOffset) < 0
  return contrastOf(colour(style.outlineColor), groundOf(inside ? one : above(one)))
}

function groundOf(one) {
  for (let at = one; at; at = above(at)) {
    const ground = colour(getComputedStyle(at).backgroundColor)
    if (ground[3] > 0.5) return ground
  }
  return [255, 255, 255, 1]
}

const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true })

function colour(words) {
  canvas.clearRect(0, 0, 1, 1)
  canvas.fillStyle = words
  canvas.fillRect(0, 0, 1, 1)
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data
  return [red, green, blue, alpha / 255]
}

function contrastOf(one, other) {
  const [light, dark] = [lightness(one), lightness(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function lightness(rgb) {
  const [red, green, blue] = rgb.map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const holdsText = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())

function isCut(one) {
  const style = getComputedStyle(one)
  if (one.clientWidth <= 2 || !one.checkVisibility({ visibilityProperty: true }) || style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") return false
  const hides = (way) => way === "hidden" || way === "clip"
  return (hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1) || (hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1)
}
