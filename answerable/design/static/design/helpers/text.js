// Filling translated patterns: "{minutes} min" with {minutes: 4} reads "4 min".
export function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole))
}

export function plural(forms, count, language) {
  return forms[new Intl.PluralRules(language).select(count)] ?? forms.other
}
