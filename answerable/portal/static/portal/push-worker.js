// Shows push messages to a customer, but for what a page in sight shows by itself. Pressed, one leads to its
// request; its button ends all of them in this browser, also for who is signed out.

self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()))

self.addEventListener("push", (event) => {
  const said = event.data?.json()
  if (said) event.waitUntil(show(said))
})

self.addEventListener("notificationclick", (event) => {
  const { tag, data } = event.notification
  event.notification.close()
  event.waitUntil(event.action === "stop" ? stop(tag, data) : open(data.url))
})

async function show({ title, body, tag, rings, stop, ...data }) {
  if ((await pages()).some((page) => page.focused && (rings || new URL(page.url).pathname === data.url))) return
  const actions = [{ action: "stop", title: stop }]
  await self.registration.showNotification(title, { body, tag, data: { ...data, title }, actions, renotify: true })
}

// The push service answers from then on that the browser takes none, and it is forgotten.
async function stop(tag, { title, stopped, wishes }) {
  const subscription = await self.registration.pushManager.getSubscription()
  await subscription?.unsubscribe()
  await self.registration.showNotification(title, { body: stopped, tag, data: { url: wishes } })
}

async function open(url) {
  const [page] = await pages()
  if (!page) return self.clients.openWindow(url)
  await page.focus()
  return page.navigate(url)
}

// Pages of the desk in the same browser are no business of a customer's.
async function pages() {
  const all = await self.clients.matchAll({ type: "window", includeUncontrolled: true })
  return all.filter((page) => !new URL(page.url).pathname.startsWith("/desk/"))
}
