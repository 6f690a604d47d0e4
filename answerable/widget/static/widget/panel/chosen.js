// Files that were chosen beside a text: listed, taken from the clipboard or dropped, kept.

import { filled } from "./html.js"

const MB = 2 ** 20

export class Chosen {
  constructor(panel, form, place) {
    this.panel = panel
    this.form = form
    this.place = place
    this.box = form.querySelector("[data-files]")
    if (!this.box) return
    const input = this.box.querySelector("input[type=file]")
    input.addEventListener("change", async () => {
      await this.add([...input.files])
      input.value = ""
    })
    form.addEventListener("paste", (event) => this.#take(event, event.clipboardData))
    form.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault())
    form.addEventListener("drop", (event) => this.#take(event, event.dataTransfer))
    this.list()
  }

  async list() {
    const rows = await this.panel.files.of(this.place)
    this.box.querySelector("[data-file-list]").replaceChildren(...rows.map((row) => this.#line(row)))
  }

  async add(files) {
    for (const file of files) {
      const wrong = await this.#wrong(file)
      this.#problem(wrong)
      if (!wrong) await this.panel.files.put(this.place, file)
    }
    await this.list()
    this.panel.tabs.tell("files", this.place)
    this.panel.warnIfNotKept()
  }

  async #wrong(file) {
    const { words } = this.panel
    if (!file.size) return filled(words.file_empty, { name: file.name })
    const others = (await this.panel.files.of(this.place)).reduce((sum, row) => sum + row.file.size, 0)
    const most = Number(words.most_mb)
    return others + file.size > most * MB ? filled(words.file_too_big, { name: file.name, most }) : ""
  }

  #problem(words) {
    const line = this.box.querySelector("[data-file-problem]")
    line.hidden = !words
    line.textContent = words
    if (words) this.panel.frame.say(words)
  }

  #take(event, data) {
    const files = [...(data?.files ?? [])]
    if (!files.length) return
    event.preventDefault()
    this.add(files.map((file) => (event.type === "paste" ? this.#shot(file) : file)))
  }

  // What comes from the clipboard is called image.png by every browser.
  #shot(file) {
    if (file.name !== "image.png") return file
    const time = new Date().toISOString().slice(0, 19).replace("T", " ").replaceAll(":", "-")
    return new File([file], `${this.panel.words.screenshot} ${time}.png`, { type: file.type })
  }

  #line(row) {
    const line = document.createElement("li")
    const name = document.createElement("bdi")
    const size = document.createElement("small")
    const remove = document.createElement("button")
    line.className = "file"
    name.className = "file-name"
    name.textContent = row.name
    size.textContent = row.file.size < MB / 10 ? `${Math.ceil(row.file.size / 1024)} KB` : `${(row.file.size / MB).toFixed(1)} MB`
    remove.type = "button"
    remove.className = "file-act"
    remove.textContent = this.panel.words.remove
    remove.setAttribute("aria-label", `${this.panel.words.remove}: ${row.name}`)
    remove.addEventListener("click", async () => {
      await this.panel.files.drop(row.id)
      await this.list()
      this.form.querySelector("input[type=file]").focus()
      this.panel.tabs.tell("files", this.place)
    })
    line.append(name, size, remove)
    return line
  }
}
