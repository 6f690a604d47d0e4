// <attach-files data-url="…/uploads/" data-most="25"> attaches files to the form around it: chosen, pasted or
// dropped. Each goes to the server at once and waits there, so that neither an error nor a closed window loses
// it; the form sends its number. Without script the form sends the files itself. Where a form has data-large,
// that is said beside a file that has no room in its mail, which takes data-mail-most bytes.

import { listenForFiles } from "../dropping.js"
import { tooMuch } from "../helpers/attaching.js"
import { fill } from "../helpers/text.js"
import { tell } from "../tell.js"
import { carry, element, sayLarge, upload } from "../uploading.js"
import { say } from "../words.js"

class AttachFiles extends HTMLElement {
  #form
  #input
  #list
  #problems
  #pending = 0
  #waitsToSend
  #leave
  #large = () => sayLarge(this.#form, this.#list)
  #answer = ({ detail }) => this.#answered(detail)
  #hold = (event) => this.#holdBack(event)

  connectedCallback() {
    this.#form = this.closest("form")
    this.#input = this.querySelector("input[type=file]")
    this.#list = this.querySelector("ul")
    this.#problems = this.querySelector(".attach-problems")
    this.#leave = listenForFiles(this.#form, (files) => this.add(files))
    this.#form.addEventListener("htmx:afterRequest", this.#answer)
    this.#form.addEventListener("recipients:changed", this.#large)
    addEventListener("submit", this.#hold, true)
    this.#input.addEventListener("change", () => this.#chosen())
    for (const row of this.#list.children) this.#prepare(row)
    this.#large()
  }

  disconnectedCallback() {
    this.#leave()
    this.#form.removeEventListener("htmx:afterRequest", this.#answer)
    this.#form.removeEventListener("recipients:changed", this.#large)
    removeEventListener("submit", this.#hold, true)
  }

  #chosen() {
    const files = [...this.#input.files]
    this.#input.value = "" // What it holds goes along with the form, which this need not.
    this.add(files)
  }

  add(files) {
    this.#problems.replaceChildren()
    for (const file of files) {
      const problem = tooMuch(file, Number(this.dataset.most), say)
      if (problem) this.#complain(problem)
      else this.#send(file)
    }
  }

  async #send(file) {
    const row = element("li", "file file--coming", "")
    row.dataset.size = file.size
    row.append(element("span", "", file.name))
    this.#list.append(row)
    this.#large()
    this.#pending++
    const show = (percent) => (row.firstChild.textContent = fill(say.uploading, { name: file.name, percent }))
    const { status, text } = await upload(this.dataset.url, file, show)
    this.#pending--
    if (status === 200) this.#arrived(row, text, file)
    else if (status === 401) this.#carry(row, file)
    else this.#failed(row, file, status === 422 ? text : fill(say.upload_failed, { name: file.name }), status !== 422)
    this.#large()
    if (!this.#pending) this.#release()
  }

  #arrived(row, html, file) {
    const made = document.createRange().createContextualFragment(html).firstElementChild
    const number = made.querySelector("input").value
    if (this.#list.querySelector(`input[name=files][value="${number}"]`)) row.remove()
    else row.replaceWith(made) ?? this.#prepare(made)
    tell(fill(say.attached, { name: file.name }))
  }

  // Nobody is signed in here: the file goes along with the form, which leads to signing in.
  #carry(row, file) {
    carry(this.#input, file)
    row.className = "file"
    row.replaceChildren(element("span", "file-about", file.name), element("small", "", say.goes_along))
  }

  #failed(row, file, words, again) {
    row.remove()
    const line = this.#complain(words)
    if (!again) return
    const button = element("button", "button button--small", say.try_again)
    button.type = "button"
    button.addEventListener("click", () => line.remove() ?? this.#send(file))
    line.append(" ", button)
  }

  #complain(words) {
    const line = element("p", "field-error", words)
    this.#problems.append(line)
    tell(words)
    return line
  }

  // With script, a file goes at once when its button is pressed.
  #prepare(row) {
    const name = row.querySelector(".file-name").textContent
    const button = element("button", "file-act", say.remove)
    button.type = "button"
    button.ariaLabel = fill(say.remove_name, { name })
    button.addEventListener("click", () => this.#remove(row, name))
    row.querySelector(".file-drop").replaceWith(button)
  }

  #remove(row, name) {
    row.remove()
    this.#large()
    upload(this.dataset.url, undefined, () => {}, { drop: row.querySelector("input[name=files]").value })
    this.#input.focus()
    tell(fill(say.removed, { name }))
  }

  #holdBack(event) {
    if (event.target !== this.#form || !this.#pending) return
    event.preventDefault()
    event.stopImmediatePropagation()
    this.#waitsToSend = event.submitter ?? undefined
    this.#form.dataset.waits = "yes"
    tell(say.still_uploading)
  }

  #release() {
    if (!this.#form.dataset.waits) return
    delete this.#form.dataset.waits
    if (!this.#problems.children.length) this.#form.requestSubmit(this.#waitsToSend)
  }

  #answered({ elt, requestConfig, xhr }) {
    if (elt !== this.#form || requestConfig?.verb !== "post" || xhr.status < 200 || xhr.status > 299) return
    this.#list.replaceChildren()
    this.#input.value = ""
  }
}

customElements.define("attach-files", AttachFiles)
