// Whoever comes by an address that names a box finds it open with the focus in it, once: a box that is
// put into the page anew later takes the focus from nobody.

export function comesFor(box) {
  if (location.hash !== `#${box.id}`) return false
  history.replaceState(history.state, "", `${location.pathname}${location.search}`)
  return true
}
