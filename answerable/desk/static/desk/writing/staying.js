// A session that ended leads nobody away from what they write: what the page asks for by itself says so, and the
// way to sign in stands below the box.

import { tell } from "../../design/tell.js"
import { say } from "../words.js"

const isWriting = () => [...document.querySelectorAll("textarea")].some((text) => text.value.trim() && text.checkVisibility())

document.body.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.defaultPrevented || event.detail.xhr.status !== 401 || !isWriting()) return
  event.preventDefault()
  tell(say.session_ended)
})
