"""The ladder as people see it whom it tells: its steps in the timeline, until a claim."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.notices.tests.scene import climb, minutes, tick, with_the_table
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.tests.openings import opened_critical

pytestmark = pytest.mark.browser

OFFERED = "Offered to Ana Silva, Ben Adler and Chidi Okafor"
# Whom each later step tells, by how much of the half hour has gone (ux.md 8.12).
TABLE = {
    10: "Ana Silva, Ben Adler, Chidi Okafor and Lena Brandt",
    25: "Ben Adler",
    40: "Chidi Okafor and Ravi Patel",
    60: "Ida Holm",
}


def test_d_23_its_steps_stand_in_the_timeline_until_somebody_claims(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    with_the_table(cast_now)
    at = timezone.now() - minutes(8)
    ticket = opened_critical(cast_now.mara, at)
    climb(ticket, cast_now, at, until=7.5)
    page = open_window(cast_now.lena, f"/desk/q/all/{ticket.pk}/")
    feed = page.locator("#feed")
    expect(feed).to_contain_text(OFFERED)
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


def test_d_23_unclaimed_each_step_says_whom_it_told(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    with_the_table(cast_now)
    at = timezone.now() - minutes(18)
    ticket = opened_critical(cast_now.mara, at)
    climb(ticket, cast_now, at, until=18)
    page = open_window(cast_now.lena, f"/desk/q/all/{ticket.pk}/")
    feed, zone = page.locator("#feed"), ZoneInfo(cast_now.lena.zone)
    expect(feed).to_contain_text(OFFERED)
    for percent, told in TABLE.items():
        said = f"Unclaimed at {percent} % of the promise: told {told}"
        line = feed.locator("article", has_text=said)
        expect(line).to_have_count(1)
        due = at + timedelta(minutes=30 * percent / 100)
        expect(line).to_contain_text(f"{due.astimezone(zone):%H:%M:%S}")
