// What a box for messages needs of the panel around it: where lines and their files are kept, and how
// somebody is told. A chat and a request ask the server in their own ways.

const TIMEOUT = 12_000
const TIMEOUT_OF_FILES = 180_000

export class KeepingFace {
  constructor(panel, place) {
    this.panel = panel
    this.place = place
  }

  elements(html) {
    return this.panel.elements(html)
  }

  say(words) {
    this.panel.frame.say(words)
  }

  read(name) {
    return this.panel.store.read(name)
  }

  write(name, value) {
    this.panel.store.write(name, value)
  }

  remove(name) {
    this.panel.store.remove(name)
  }

  alone(name, act) {
    return this.panel.tabs.alone(name, act)
  }

  // Files that were chosen go with this line from now on.
  async take(form, token) {
    const rows = await this.#move(this.place, `${this.place}:${token}`)
    if (rows.length) await form.chosen.list()
    return rows.map(({ name }) => ({ name }))
  }

  // What was refused is chosen again.
  async giveBack({ token }) {
    const rows = await this.#move(`${this.place}:${token}`, this.place)
    if (rows.length) await this.panel.filling.form(this.place)?.chosen.list()
  }

  async sendLine(name, values, line) {
    const files = this.#filesOf(`${this.place}:${line.token}`)
    const body = new FormData()
    const rows = await this.panel.files.of(files)
    for (const [key, value] of Object.entries({ ...values, token: line.token, body: line.body })) body.append(key, value)
    for (const row of rows) body.append("new_files", row.file, row.name)
    const answer = await this.answer(name, body, rows.length ? TIMEOUT_OF_FILES : TIMEOUT)
    if (answer.status === 200) await this.panel.files.empty(files)
    return answer
  }

  async answer(name, values, timeout = TIMEOUT) {
    const { status, html } = await this.panel.calls.view(name, values, { signal: AbortSignal.timeout(timeout) })
    return { status, json: html && (status === 200 || status === 422) ? JSON.parse(html) : {} }
  }

  async #move(from, to) {
    const { files } = this.panel
    const rows = await files.of(this.#filesOf(from))
    for (const row of rows) {
      await files.put(this.#filesOf(to), new File([row.file], row.name, { type: row.type }))
      await files.drop(row.id)
    }
    return rows
  }

  #filesOf(place) {
    return this.panel.filling.filesOf(place)
  }
}
