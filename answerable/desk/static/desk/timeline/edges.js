// The two edges of what is in the page of a conversation: when one comes near, what is beyond it is fetched. Where the
// whole page scrolls, on small windows, its buttons do that: nobody who opens a ticket is led away from its title.

const NEAR = "600px 0px"

export class Edges {
  #edges
  #watch

  constructor(ticket, root, near) {
    this.#edges = [...ticket.querySelectorAll("[data-edge]")]
    const seen = (changes) => changes.forEach(({ isIntersecting, target }) => isIntersecting && near(target.dataset.edge))
    if (root.matches(".ticket-scroll")) this.#watch = new IntersectionObserver(seen, { root, rootMargin: NEAR })
  }

  show(data) {
    for (const edge of this.#edges) edge.hidden = !data[edge.dataset.edge]
  }

  // One that is in sight already is looked at anew.
  look() {
    for (const edge of this.#edges) {
      this.#watch?.unobserve(edge)
      if (!edge.hidden) this.#watch?.observe(edge)
    }
  }

  stop() {
    this.#watch?.disconnect()
  }
}
