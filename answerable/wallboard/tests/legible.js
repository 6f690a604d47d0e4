// Returns the height of the smallest text in pixels, and the least contrast of any with what is behind it.

() => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  const rgba = (colour) => {
    paint.clearRect(0, 0, 1, 1)
    paint.fillStyle = colour
    paint.fillRect(0, 0, 1, 1)
    return [...paint.getImageData(0, 0, 1, 1).data]
  }
  const linear = (part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255)
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor)
      if (colour[3] === 255) return colour
    }
    return [255, 255, 255]
  }
  const says = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
  const seen = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1
  const texts = [...document.querySelectorAll("#main *")].filter((element) => says(element) && seen(element))
  const scale = (element) => element.ownerSVGElement?.getScreenCTM().a ?? 1
  const sizes = texts.map((element) => parseFloat(getComputedStyle(element).fontSize) * scale(element))
  const contrasts = texts.map((element) => {
    const style = getComputedStyle(element)
    const pair = [light(rgba(element.ownerSVGElement ? style.fill : style.color)), light(behind(element))]
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05)
  })
  return [Math.min(...sizes), Math.min(...contrasts)]
}
