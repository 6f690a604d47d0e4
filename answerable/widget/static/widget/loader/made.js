// Elements without HTML in text: a page may trust no script with that.

const SVG = "http://www.w3.org/2000/svg"

export function made(name, facts = {}, ...inner) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(facts)) element.setAttribute(key, value)
  element.append(...inner)
  return element
}

export function drawn(...paths) {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", "0 0 16 16")
  svg.setAttribute("class", "icon")
  svg.setAttribute("aria-hidden", "true")
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path")
    path.setAttribute("d", d)
    svg.append(path)
  }
  return svg
}
