// Keeping the place where somebody reads while entries come and go above and below it.

// What scrolls: the conversation, or on small windows the pane that it is in.
export function scrollerOf(ticket) {
  const own = ticket.querySelector(".ticket-scroll")
  return getComputedStyle(own).overflowY === "visible" ? ticket.closest(".desk-main") ?? own : own
}

export function keepPlace(scroller, feed, work) {
  const edge = scroller.getBoundingClientRect().top
  const anchor = [...feed.children].find((entry) => entry.getBoundingClientRect().bottom > edge)
  const before = anchor?.getBoundingClientRect().top
  work()
  if (anchor?.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - before
}
