"""The ladder as people see it whom it tells: its steps in the timeline, until a claim."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.notices.tests.scene import climb, minutes, tick, with_the_table
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.tests.openings import opened_critical

pytestmark = pytest.mark.browser


def test_d_23_its_steps_stand_in_the_timeline_until_somebody_claims(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    with_the_table(cast_now)
    at = timezone.now() - minutes(8)
    ticket = opened_critical(cast_now.mara, at)
    climb(ticket, cast_now, at, until=7.5)
    page = open_window(cast_now.lena, f"/desk/q/all/{ticket.pk}/")
    feed = page.locator("#feed")
    expect(feed).to_contain_text("Offered to Ana Silva, Ben Adler and Chidi Okafor")
    for percent in (10, 25):
        expect(feed).to_contain_text(f"Unclaimed at {percent} % of the promise")
    page.get_by_role("button", name="Take").first.click()
    expect(feed).to_contain_text("Claimed by Lena Brandt; nobody else is told")
    for later in (12, 18):
        tick(at + minutes(later))
    page.reload()
    expect(feed).to_contain_text("Claimed by Lena Brandt")
    for percent in (40, 60):
        expect(feed).not_to_contain_text(f"Unclaimed at {percent} %")
