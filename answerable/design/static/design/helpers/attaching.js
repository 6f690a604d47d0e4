// What files may be attached, and what pasted ones are called. Pure.

import { fill } from "./text.js"

const A_MB = 1024 * 1024

// Why a file cannot be attached, in words; nothing when it can.
export function tooMuch({ name, size }, most, say) {
  if (!size) return fill(say.file_empty, { name })
  return size > most * A_MB ? fill(say.file_too_big, { name, most }) : ""
}

// Which of files have no room in a mail, which takes them as they come: a list of yes and no.
export function beyondMail(sizes, most) {
  let used = 0
  return sizes.map((size) => {
    const beyond = used + size > most
    if (!beyond) used += size
    return beyond
  })
}

// Browsers call every pasted picture “image.png”: two of them would be hard to tell apart.
export function pastedName({ name, type }, at, say) {
  if (name && !/^image\.\w+$/.test(name)) return name
  const two = (number) => String(number).padStart(2, "0")
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join("-")
  return `${say.screenshot} ${date} ${time}.${type.split("/")[1]?.split("+")[0] || "png"}`
}
