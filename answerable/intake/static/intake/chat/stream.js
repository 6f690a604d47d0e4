// A stream of events as our server tells them, read by fetch: an EventSource bears no token.

export async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ""
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const blocks = (rest + value).split("\n\n")
      rest = blocks.pop()
      yield* blocks.map(parsed).filter((event) => event.event)
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

export function parsed(block) {
  const event = {}
  for (const line of block.split("\n")) {
    const at = line.indexOf(": ")
    if (at > 0) event[line.slice(0, at)] = line.slice(at + 2)
  }
  return event
}
