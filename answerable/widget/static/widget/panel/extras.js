// Views that need a script of their own name it, and it is fetched when one of them is shown.

export class Extras {
  #left = () => {}

  constructor(panel) {
    this.panel = panel
  }

  async show(view) {
    this.#left()
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
