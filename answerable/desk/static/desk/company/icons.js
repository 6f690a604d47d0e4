// The drawings beside who is on a ticket: the page has them as templates.

export function iconOf(one) {
  const kind = one.lost ? "lost" : one.doing
  const drawn = document.querySelector("template.company-icons")?.content.querySelector(`[data-for=${kind}] > *`)
  return drawn ? document.importNode(drawn, true) : ""
}
