// Files that come to a form by paste or drop. A pasted text stays a text, also where a program such as
// a spreadsheet adds a picture of it.

import { pastedName } from "./helpers/attaching.js"
import { say } from "./words.js"

export function listenForFiles(form, add) {
  const renamed = (file) => new File([file], pastedName(file, new Date(), say), { type: file.type })
  const take = (event, files) => {
    if (!files.length) return
    event.preventDefault()
    add(files)
  }
  const listeners = {
    paste: (event) => {
      const { files, types } = event.clipboardData ?? { files: [], types: [] }
      if (!types.includes("text/plain")) take(event, [...files].map(renamed))
    },
    dragover: (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return
      event.preventDefault()
      form.classList.add("attach-over")
    },
    dragleave: () => form.classList.remove("attach-over"),
    drop: (event) => {
      form.classList.remove("attach-over")
      take(event, [...(event.dataTransfer?.files ?? [])])
    },
  }
  for (const [name, listener] of Object.entries(listeners)) form.addEventListener(name, listener)
  return () => {
    for (const [name, listener] of Object.entries(listeners)) form.removeEventListener(name, listener)
  }
}
