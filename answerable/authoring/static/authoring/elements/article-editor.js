// <article-editor data-files="…/files/"> around the form of a text: pictures and files that are pasted,
// dropped or chosen are kept on the server, and named in the text where the caret stands. While one is on
// its way, a line says so at that place; what could not be kept leaves no line, and is said.

import { listenForFiles } from "../../design/dropping.js"
import { fill } from "../../design/helpers/text.js"
import { tell } from "../../design/tell.js"
import { upload } from "../../design/uploading.js"
import { say } from "../../design/words.js"

class ArticleEditor extends HTMLElement {
  #leave

  connectedCallback() {
    this.#leave = listenForFiles(this.querySelector("form"), (files) => this.#add(files))
    this.#chooser?.addEventListener("change", ({ target }) => {
      const files = [...target.files]
      target.value = ""
      this.#add(files)
    })
  }

  disconnectedCallback() {
    this.#leave()
  }

  get #text() {
    return this.querySelector("textarea[name=body]")
  }

  get #chooser() {
    return document.querySelector("#file-form input[type=file]")
  }

  async #add(files) {
    for (const file of files) await this.#one(file)
  }

  async #one(file) {
    const mark = `[${fill(say.uploading, { name: file.name, percent: 0 })}]`
    this.#insert(mark)
    const { status, text } = await upload(this.dataset.files, file, () => {})
    const named = status === 200 ? JSON.parse(text).markdown : ""
    this.#replace(mark, named)
    tell(named ? fill(say.attached, { name: file.name }) : status === 422 ? text : fill(say.upload_failed, { name: file.name }))
  }

  #insert(words) {
    const box = this.#text
    const before = box.value.slice(0, box.selectionStart)
    const gap = before && !before.endsWith("\n") ? " " : ""
    box.setRangeText(`${gap}${words}`, box.selectionStart, box.selectionEnd, "end")
    box.focus()
  }

  #replace(mark, words) {
    const box = this.#text
    const at = box.value.indexOf(mark)
    if (at < 0) return
    box.setRangeText(words, at, at + mark.length, "preserve")
    box.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

customElements.define("article-editor", ArticleEditor)
