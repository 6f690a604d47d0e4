"""A call in three browsers: Ana hands Dana on to Ben, whose desk rings, and who is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from answerable.accounts.models import Agent
from answerable.channels.voice.models import Call
from answerable.channels.voice.tests.talking import Talking, bar, hears
from answerable.routing.dispatch import dispatch
from answerable.tests.browser_fixtures import OpenWindow

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SAYS = "Ben knows exports."


def hands_on(ana: Page) -> None:
    bar(ana).get_by_role("link", name="Hand on").click()
    asked = ana.get_by_role("dialog")
    asked.get_by_label("Ben Adler").check()
    asked.get_by_label("One sentence").fill(SAYS)
    asked.get_by_role("button", name="Hand on").click()


def test_the_next_agent_comes_and_the_first_one_leaves(
    talking: Talking, open_window: OpenWindow
) -> None:
    from playwright.sync_api import expect  # noqa: PLC0415  # Only browser tests have it.

    talking.answer()
    assert hears(talking.dana)
    ben = open_window(Agent.objects.get(name="Ben Adler"), "/desk/")
    expect(ben.locator("#standing")).to_contain_text("Available")
    hands_on(talking.ana)
    expect(bar(talking.dana)).to_contain_text(f"Ana hands the call on to Ben: {SAYS}")
    dispatch(at=timezone.now())
    card = ben.get_by_role("region", name="Offers").locator("article")
    expect(card).to_contain_text(f"Ana hands the call with Dana Wolf on to you: {SAYS}")
    card.get_by_role("button", name="Take call").click()
    expect(bar(ben)).to_contain_text("On a call with Dana Wolf")
    expect(bar(talking.dana)).to_contain_text("On a call with Ben")
    expect(bar(talking.ana)).to_contain_text("Ben has the call now.")
    assert hears(ben)
    assert hears(talking.dana)
    assert talking.state() == Call.State.CONNECTED
    assert talking.call.agent.name == "Ben Adler"  # type: ignore[union-attr]
