// Fragments that our server rendered, as elements. Pages that demand trusted types get a policy.

const policy = self.trustedTypes?.createPolicy("answerable", { createHTML: (html) => html })

export function elements(html) {
  const template = document.createElement("template")
  template.innerHTML = policy ? policy.createHTML(html) : html
  return template.content
}

export function args(text) {
  return Object.fromEntries(new URLSearchParams(text ?? ""))
}

export function filled(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
}
