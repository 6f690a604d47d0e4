// The link to the official version leads to the part that is being read: both have the same anchors.

const links = document.querySelectorAll("[data-same-part]")
const headings = [...document.querySelectorAll(".article [id]")]

function read() {
  const named = headings.find((one) => `#${one.id}` === location.hash)
  const above = headings.filter((one) => one.getBoundingClientRect().top < innerHeight / 3)
  return (scrollY > 0 && above.at(-1)) || named
}

function follow(event) {
  const part = read()
  event.currentTarget.hash = part ? part.id : ""
}

for (const link of links) {
  link.addEventListener("pointerenter", follow)
  link.addEventListener("focus", follow)
  link.addEventListener("click", follow)
}
