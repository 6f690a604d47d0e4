// Saving a text while it is typed: within a second, one save at a time, and again until it worked.

import { fill } from "../design/helpers/text.js"
import { say } from "./words.js"

const WAIT = 500
const AGAIN = 5
// Browsers let a page that goes send 64 KB in all: what is on its way, and what is not saved yet.
const LARGEST = 20_000
const LARGEST_LEAVING = 40_000

export class Saver {
  #post
  #show
  #timer
  #next
  #running = Promise.resolve()

  constructor(post, show) {
    this.#post = post
    this.#show = show
  }

  later(text) {
    this.#next = text
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#save(), WAIT)
  }

  // Saves without waiting, after what is on its way.
  now(text) {
    this.#next = text
    this.#save()
  }

  // The page goes away: what is not saved yet is sent along, as far as browsers let a page do that.
  flush() {
    if (this.#next === undefined) return this.#running
    const text = this.#take()
    return this.#post(text, sizeOf(text) < LARGEST_LEAVING).catch(() => {})
  }

  // Nothing more is saved, and what is on its way has arrived.
  settle() {
    this.#take()
    return this.#running
  }

  #take() {
    clearTimeout(this.#timer)
    const text = this.#next
    this.#next = undefined
    return text
  }

  #save() {
    const text = this.#take()
    this.#running = this.#running.then(() => this.#try(text))
  }

  async #try(text) {
    try {
      this.#show(await this.#post(text, sizeOf(text) < LARGEST))
    } catch {
      this.#show(fill(say.not_saved, { seconds: AGAIN }))
      this.#next ??= text
      this.#timer = setTimeout(() => this.#save(), AGAIN * 1000)
    }
  }
}

const sizeOf = (text) => new Blob([text]).size
