"""Two people in two browsers with microphones that beep, and what is heard of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from answerable.accounts.models import Agent, Contact
from answerable.cast import Cast
from answerable.channels.voice.actions import begin_call
from answerable.channels.voice.models import Call
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.actions import Opening, Sender, Wanted, request_callback
from answerable.tickets.models import Callback, Ticket
from answerable.widget.tests.hosting import Host, opened

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# A microphone that beeps, and consent to it; without them a window refuses the microphone.
BEEPING = [
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--auto-accept-this-tab-capture",
]
# Keeps the connections of a page, so that a test can ask what came through them.
LISTENING = """
self.lines = []
self.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...given) {
    super(...given)
    lines.push(this)
  }
}
self.heardSoFar = async () => {
  const line = lines.findLast((one) => one.connectionState === "connected")
  let energy = 0
  for (const one of (await line?.getStats())?.values() ?? [])
    if (one.type === "inbound-rtp" && one.kind === "audio") energy += one.totalAudioEnergy ?? 0
  return energy
}
self.hears = async () => {
  const before = await heardSoFar()
  for (let looks = 0; looks < 100; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    if ((await heardSoFar()) > before + 0.01) return true
  }
  return false
}
self.sends = async () => {
  const line = lines.findLast((one) => one.connectionState === "connected")
  return line.getSenders().some((one) => one.track?.enabled)
}
self.wayThere = async () => {
  const line = lines.findLast((one) => one.connectionState === "connected")
  const all = [...(await line.getStats()).values()]
  const pair = all.find((one) => one.type === "candidate-pair" && one.nominated)
  return all.find((one) => one.id === pair.localCandidateId).candidateType
}
"""


def wants_call(person: Contact) -> Callback:
    """Let somebody ask to be called as soon as possible."""
    opening = Opening(
        sender=Sender(contact=person, channel=Ticket.Channel.CALLBACK),
        body="Exports fail.",
        channel=Ticket.Channel.CALLBACK,
        surface="web",
    )
    wanted = Wanted(phone="+4930901820", country="DE")
    return request_callback(opening, wanted, contact=person, at=timezone.now())


def calls(agent: Agent, callback: Callback) -> Call:
    """Let an agent call somebody from their browser."""
    return begin_call(callback, Call.Way.BROWSER, agent=agent, at=timezone.now())


def hears(page: Page) -> bool:
    """Say whether the other's voice comes out of a page, within some seconds."""
    return bool(page.evaluate("hears()"))


def way_there(page: Page) -> str:
    """Return by what kind of candidate a page is connected: host, or relay."""
    return str(page.evaluate("wayThere()"))


class Talking:
    """Dana in the widget and Ana at the desk, who calls her."""

    def __init__(self, cast: Cast, host: Host, open_window: OpenWindow) -> None:
        self.callback = wants_call(cast.dana)
        self.dana = host.window(cast.dana)
        with self.dana.expect_response("**/views/ringing/"):
            opened(self.dana)
        self.ana = open_window(cast.ana, f"/desk/tickets/{self.callback.ticket_id}/")
        self.call = calls(cast.ana, self.callback)

    def answer(self) -> None:
        """Let Dana take the call, and wait until both are told that they talk."""
        from playwright.sync_api import expect  # noqa: PLC0415  # Only browser tests have it.

        bar(self.dana).get_by_role("button", name="Answer").click()
        expect(bar(self.dana)).to_contain_text("On a call with Ana")
        expect(bar(self.ana)).to_contain_text("On a call with Dana Wolf")

    def state(self) -> str:
        self.call.refresh_from_db()
        return self.call.state


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Call", exact=True)
