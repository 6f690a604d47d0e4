// Whoever comes by an address that names a box finds it open with the focus in it, once: a box that is
// put into the page anew later takes the focus from nobody, and words that the address asked for stand there once.

export function comesFor(box) {
  if (location.hash !== `#${box.id}`) return false
  const here = new URL(location.href)
  here.hash = ""
  here.searchParams.delete("say")
  history.replaceState(history.state, "", `${here.pathname}${here.search}`)
  return true
}

const LONG = 100_000

// What can never be sent is not broken into lines: of two megabytes that takes a browser seconds, again and
// again. Returns the text.
export function laidOut(text) {
  text.wrap = text.value.length > LONG ? "off" : "soft"
  return text.value
}
