"""Two browsers with microphones hold a call through the desk and the widget (5.8, 8.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.channels.voice.models import Call
from answerable.channels.voice.tests.talking import LISTENING, calls, hears, wants_call
from answerable.tests.browser_fixtures import OpenWindow
from answerable.widget.tests.hosting import Host, opened

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


class Talking:
    """Dana in the widget and Ana at the desk, who calls her."""

    def __init__(self, cast: Cast, host: Host, open_window: OpenWindow) -> None:
        self.callback = wants_call(cast.dana)
        self.dana = host.window(cast.dana)
        with self.dana.expect_response("**/views/ringing/"):
            opened(self.dana)
        self.ana = open_window(cast.ana, f"/desk/tickets/{self.callback.ticket_id}/")
        for page in (self.dana, self.ana):
            page.evaluate(f"() => {{{LISTENING}}}")
        self.call = calls(cast.ana, self.callback)

    def answer(self) -> None:
        """Let Dana take the call, and wait until both are told that they talk."""
        bar(self.dana).get_by_role("button", name="Answer").click()
        expect(bar(self.dana)).to_contain_text("On a call with Ana")
        expect(bar(self.ana)).to_contain_text("On a call with Dana Wolf")

    def state(self) -> str:
        self.call.refresh_from_db()
        return self.call.state


@pytest.fixture
def talking(cast_now: Cast, host: Host, open_window: OpenWindow) -> Talking:
    return Talking(cast_now, host, open_window)


def bar(page: Page) -> Locator:
    return page.get_by_role("region", name="Call", exact=True)


def test_they_hear_each_other(talking: Talking) -> None:
    expect(bar(talking.dana)).to_contain_text("Ana is calling you now.")
    expect(bar(talking.ana)).to_contain_text("It rings at Dana Wolf's page.")
    talking.answer()
    assert hears(talking.ana)
    assert hears(talking.dana)
    assert talking.state() == Call.State.CONNECTED
    assert talking.call.is_identified
    expect(bar(talking.ana).get_by_role("timer")).to_contain_text("00:")
