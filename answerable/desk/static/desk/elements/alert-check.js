// <alert-check> tests sound and desktop notices in one step, and sets how loud it is. Until that was done
// once, or while the browser mutes us, the foot asks for it.

import { isMuted, isTested, play, setTested, setVolume, sounds, volume } from "../ringing.js"
import { say } from "../words.js"

class AlertCheck extends HTMLElement {
  #ask = () => this.#asks()

  connectedCallback() {
    this.#slider.value = volume()
    this.#slider.addEventListener("change", () => this.#louder())
    this.addEventListener("click", (event) => this.#clicked(event))
    sounds.addEventListener("change", this.#ask)
    this.#asks()
  }

  disconnectedCallback() {
    sounds.removeEventListener("change", this.#ask)
  }

  get #slider() {
    return this.querySelector("[data-volume]")
  }

  #louder() {
    setVolume(this.#slider.value)
    play("offer")
  }

  #clicked(event) {
    const sound = event.target.closest("[data-play]")
    if (sound) play(sound.dataset.play)
    if (event.target.closest("[data-test]")) this.#test()
  }

  // The permission is asked for by the same press as the sound: browsers want one. What came of the
  // sound is said at once, and of the notices when the browser has an answer.
  async #test() {
    const heard = play("offer")
    const asked = "Notification" in window ? Notification.requestPermission() : "none"
    this.querySelector("[data-states]").replaceChildren(soundLine(await heard))
    setTested()
    this.#asks()
    const permission = await asked
    this.querySelector("[data-states]").append(noticeLine(permission))
    if (permission === "granted") new Notification(document.title, { body: say.notice_test, tag: "test" })
  }

  #asks() {
    const button = document.querySelector("[data-alert-ask]")
    if (!button) return
    button.hidden = isTested() && !isMuted()
    button.querySelector("span").textContent = isMuted() ? `${say.sound_blocked} ${say.sound_on}` : say.alerts_ask
  }
}

const soundLine = (heard) => line(heard, heard ? say.sound_works : say.sound_blocked)

function noticeLine(permission) {
  const words = { granted: say.notices_work, none: say.notices_none }[permission] ?? say.notices_blocked
  return line(permission === "granted", words)
}

function line(works, words) {
  const item = document.createElement("li")
  item.className = works ? "alert-works" : "alert-fails"
  item.textContent = words
  return item
}

customElements.define("alert-check", AlertCheck)
