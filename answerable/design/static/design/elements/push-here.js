// <push-here data-key data-url data-worker data-scope> lets this browser take push messages once its button is
// pressed: it asks for permission, has its push service give it an address, and says that to the server. With
// `data-then` that address is shown afterwards.

class PushHere extends HTMLElement {
  connectedCallback() {
    if (!("serviceWorker" in navigator && "PushManager" in window)) return this.#show(this.dataset.none)
    this.hidden = false
    this.querySelector("button").addEventListener("click", () => this.#subscribe())
  }

  #show(text) {
    this.hidden = false
    this.querySelector("[role=status]").textContent = text
  }

  async #subscribe() {
    if ((await Notification.requestPermission()) !== "granted") return this.#show(this.dataset.blocked)
    try {
      const worker = await navigator.serviceWorker.register(this.dataset.worker, { scope: this.dataset.scope })
      const options = { userVisibleOnly: true, applicationServerKey: bytes(this.dataset.key) }
      const found = await worker.pushManager.getSubscription()
      await found?.unsubscribe()
      this.#show(await this.#tell(await worker.pushManager.subscribe(options)))
    } catch {
      this.#show(this.dataset.none)
    }
  }

  async #tell(subscription) {
    const { endpoint, keys } = subscription.toJSON()
    const answer = await fetch(this.dataset.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": secret(), "HX-Request": "true" },
      body: JSON.stringify({ endpoint, ...keys, name: nameOf(navigator) }),
    })
    if (answer.ok && this.dataset.then) location.assign(this.dataset.then)
    return answer.ok ? this.dataset.works : (await answer.json()).why
  }
}

// What shows that a page of ours asks.
const secret = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]

// “Firefox, Linux”: enough to tell one's browsers apart.
function nameOf({ userAgent, userAgentData, platform }) {
  const known = ["Firefox", "Edg", "OPR", "Chrome", "Safari"].find((name) => userAgent.includes(`${name}/`))
  const name = { Edg: "Edge", OPR: "Opera" }[known] ?? known
  return [name, userAgentData?.platform ?? platform].filter(Boolean).join(", ")
}

function bytes(key) {
  const plain = atob(key.replaceAll("-", "+").replaceAll("_", "/"))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
}

customElements.define("push-here", PushHere)
