// A worker that beats: browsers slow the timers of pages that are hidden, and leave those of workers alone.

let timer

onmessage = ({ data }) => {
  clearInterval(timer)
  timer = setInterval(() => postMessage("beat"), data.each)
}
