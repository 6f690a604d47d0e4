// Sending one file to the server, and hearing how far it is: fetch() cannot say that.

export function upload(url, file, progress, more = {}) {
  const body = new FormData()
  for (const [name, value] of Object.entries(more)) body.append(name, value)
  if (file) body.append("new_files", file, file.name)
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const done = () => resolve({ status: request.status, text: request.responseText })
    request.upload.addEventListener("progress", ({ loaded, total }) => progress(Math.floor((loaded / total) * 100)))
    for (const name of ["load", "error", "abort", "timeout"]) request.addEventListener(name, done)
    request.open("POST", url)
    request.setRequestHeader("HX-Request", "true")
    request.setRequestHeader("X-CSRFToken", secret())
    request.send(body)
  })
}

function secret() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? ""
}
