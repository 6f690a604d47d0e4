// Sound and desktop notices for what is offered to this reader. Several pages of theirs share what was heard,
// so that one of them sounds.

import { mayInsist, mayRing } from "./helpers/loudness.js"

const HEARD = "desk-heard"
const VOLUME = "desk-volume"
const TESTED = "desk-alerts-tested"
export const sounds = new EventTarget()
let muted = false

export const isMuted = () => muted
export const isTested = () => kept(TESTED) === "yes"
export const setTested = () => keep(TESTED, "yes")
export const volume = () => Number(kept(VOLUME) ?? 80)
export const setVolume = (percent) => keep(VOLUME, String(percent))

// Plays a sound by its name; says whether the browser let us.
export async function play(name) {
  const address = document.querySelector("alert-check")?.dataset[name]
  if (!address || volume() === 0) return true
  const sound = new Audio(address)
  sound.volume = volume() / 100
  try {
    await sound.play()
    set(false)
  } catch (error) {
    if (error.name !== "NotAllowedError") return true
    set(true)
  }
  return !muted
}

// An offer sounds once. Whoever looks at its ticket already sees it.
export function ring(key) {
  alone((heard) => mayRing(heard, key, Date.now()), "offer")
}

export function insist(key, round) {
  alone((heard) => mayInsist(heard, key, round, Date.now()), "critical")
}

// A notice of the desktop while the page is hidden; pressed, it leads back here.
export function notify(key, text) {
  if (!document.hidden || !("Notification" in window) || Notification.permission !== "granted") return
  const notice = new Notification(document.title, { body: text, tag: key })
  notice.onclick = () => {
    window.focus()
    notice.close()
  }
}

function alone(decide, name) {
  const decided = () => {
    const { rings, heard } = decide(read())
    keep(HEARD, JSON.stringify(heard))
    if (rings) play(name)
  }
  if (navigator.locks) navigator.locks.request(HEARD, decided)
  else decided()
}

function set(now) {
  muted = now
  sounds.dispatchEvent(new Event("change"))
}

function read() {
  try {
    return JSON.parse(kept(HEARD)) ?? []
  } catch {
    return []
  }
}

function kept(name) {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value)
  } catch {
    // A browser that keeps nothing rings on every page.
  }
}
