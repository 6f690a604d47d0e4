import assert from "node:assert/strict"
import { test } from "node:test"

import { events, parsed } from "../static/intake/chat/stream.js"

const body = (...pieces) => new Blob(pieces).stream()

async function heard(stream) {
  const all = []
  for await (const event of events(stream)) all.push(event)
  return all
}

test("a block is read line by line", () => {
  assert.deepEqual(parsed('id: 7\nevent: change\ndata: {"topic": "request-1"}'), {
    id: "7",
    event: "change",
    data: '{"topic": "request-1"}',
  })
})

test("events come whole, however the line cuts them", async () => {
  const encoder = new TextEncoder()
  const pieces = ["retry: 1000\nevent: be", "at\ndata: {}\n", "\nid: 2\nevent: change\ndata: {}\n\nid: 3"]
  const stream = new ReadableStream({
    start(control) {
      for (const piece of pieces) control.enqueue(encoder.encode(piece))
      control.close()
    },
  })
  assert.deepEqual((await heard(stream)).map((event) => event.event), ["beat", "change"])
})

test("what is no event is not told", async () => {
  assert.deepEqual(await heard(body(": hello\n\n\n\n")), [])
})
