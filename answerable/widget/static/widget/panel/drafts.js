// What was typed into the forms, by person and form: shared by all tabs, and gone once it is sent.

const MOST_READ = 10

export class Drafts {
  constructor(store, calls) {
    this.store = store
    this.calls = calls
  }

  #name(place) {
    return `draft:${this.calls.person}:${place}`
  }

  get question() {
    return this.store.read(`question:${this.calls.person}`) ?? ""
  }

  set question(words) {
    if (words) this.store.write(`question:${this.calls.person}`, words)
    else this.store.remove(`question:${this.calls.person}`)
  }

  // What was read before something is sent travels with it.
  get readings() {
    return this.store.read(`read:${this.calls.person}`) ?? []
  }

  // What goes along with a new request: what was asked and read before.
  story() {
    return { read: this.readings.join(","), asked: this.question }
  }

  read(version) {
    if (!version) return
    const others = this.readings.filter((one) => one !== version)
    this.store.write(`read:${this.calls.person}`, [...others, version].slice(-MOST_READ))
  }

  of(place) {
    return this.store.read(this.#name(place))
  }

  keep(place, draft) {
    this.store.write(this.#name(place), draft)
  }

  forget(place) {
    this.store.remove(this.#name(place))
    if (place === "email") this.store.remove(`read:${this.calls.person}`)
  }

  places() {
    const start = this.#name("")
    return this.store.names(start).map((name) => name.slice(start.length))
  }
}

// The values of a form by name: text, the choice of each group, and whether boxes are ticked.
export function valuesOf(form) {
  const values = {}
  for (const field of form.elements) {
    if (!field.name || field.type === "submit" || field.type === "file") continue
    if (field.type === "checkbox") values[field.name] = field.checked ? field.value : ""
    else if (field.type !== "radio") values[field.name] = field.value
    else if (field.checked) values[field.name] = field.value
  }
  return values
}

export function fillIn(form, values) {
  for (const field of form.elements) {
    if (!(field.name in values) || field.type === "submit") continue
    if (field.type === "checkbox") field.checked = values[field.name] === field.value
    else if (field.type === "radio") field.checked = field.value === values[field.name]
    else field.value = values[field.name]
  }
}
