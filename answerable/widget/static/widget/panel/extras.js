// Views that need a script of their own name it, and it is fetched when one of them is shown.

export class Extras {
  #left = () => {}

  constructor(panel) {
    this.panel = panel
  }

  // What was begun on another page of the vendor's goes on beside this one.
  async goOn() {
    const { desk, pages, store } = this.panel
    const chat = store.read("chat")
    if (!chat) return
    const { goOn } = await import(new URL(chat.script, desk.home))
    if (pages.element?.dataset.key !== chat.key) goOn(this.panel, chat)
  }

  async show(view) {
    this.#left(view)
    this.#left = () => {}
    const { script } = view.dataset
    if (!script) return
    try {
      const { begin } = await import(new URL(script, this.panel.desk.home))
      if (view.isConnected) this.#left = begin(this.panel, view)
    } catch (error) {
      console.error(error)
      this.panel.failed(error)
    }
  }
}
