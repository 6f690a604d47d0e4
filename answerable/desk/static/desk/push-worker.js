// Shows push messages while no page of the desk is in sight: one that is shows its own card. Pressed, a
// message leads to its ticket, in a page that is open where there is one.

self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()))

self.addEventListener("push", (event) => {
  const said = event.data?.json()
  if (said) event.waitUntil(show(said))
})

self.addEventListener("notificationclick", (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data.url))
})

async function show({ title, body, tag, url, stays }) {
  const pages = await desks()
  if (pages.some((page) => page.visibilityState === "visible" && page.focused)) return
  await self.registration.showNotification(title, { body, tag, data: { url }, requireInteraction: stays })
}

async function open(url) {
  const [page] = await desks()
  if (!page) return self.clients.openWindow(url)
  await page.focus()
  return page.navigate(url)
}

const desks = () => self.clients.matchAll({ type: "window", includeUncontrolled: true })
