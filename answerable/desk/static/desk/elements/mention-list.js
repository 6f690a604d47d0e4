// <mention-list for="note-text"> offers colleagues after an @ in a note. There is none beside a reply.

import { mentionAt } from "../helpers/macros.js"
import { Choices, element, replaceIn } from "../writing/choices.js"

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "")

class MentionList extends HTMLElement {
  connectedCallback() {
    const text = document.getElementById(this.getAttribute("for"))
    const people = JSON.parse(this.querySelector("script").textContent)
    new Choices(text, this.querySelector("ul"), {
      find: mentionAt,
      load: async () => people,
      match: (all, query) => all.filter((one) => fits(one, plain(query))).slice(0, 8),
      draw: ({ name, handle }) => [element("strong", name), element("span", `@${handle}`)],
      take: ({ handle }, word) => replaceIn(text, word.from, text.selectionStart, `@${handle} `),
    })
  }
}

function fits({ name, handle }, query) {
  return plain(handle).startsWith(query) || plain(name).split(/\s+/u).some((part) => part.startsWith(query))
}

customElements.define("mention-list", MentionList)
