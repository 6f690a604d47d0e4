// Tabs of the same page tell each other what changed, so that a text is one text in all of them.

export class Tabs {
  #channel = "BroadcastChannel" in self ? new BroadcastChannel("support-desk") : null

  constructor(prefix, heard) {
    this.prefix = prefix
    this.#channel?.addEventListener("message", ({ data }) => {
      if (data.prefix === prefix) heard(data.kind, data.about)
    })
    // A draft is heard of by the storage itself: a message may be faster than what it speaks of.
    addEventListener("storage", ({ key, newValue }) => {
      const place = key?.startsWith(`${prefix}draft:`) && key.slice(prefix.length).split(":").slice(2).join(":")
      if (place && newValue) heard("draft", place)
    })
  }

  tell(kind, about = "") {
    this.#channel?.postMessage({ prefix: this.prefix, kind, about })
  }

  // Do something while no other tab does the same.
  alone(name, act) {
    return navigator.locks ? navigator.locks.request(`${this.prefix}${name}`, act) : Promise.resolve(act())
  }
}
