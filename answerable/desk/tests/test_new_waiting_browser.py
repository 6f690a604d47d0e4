"""What we write to somebody first is planned by keys, and changed before it leaves."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localtime, now
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets.models import PreparedReply, Ticket

pytestmark = pytest.mark.browser
BERLIN = ZoneInfo("Europe/Berlin")


def written(page: Page, words: str) -> None:
    """Write a subject and a message."""
    expect(page.locator("new-ticket:defined")).to_be_attached()
    page.get_by_label("Subject").fill("Your invoice")
    page.get_by_label("Message", exact=True).fill(words)


def test_enter_in_a_time_plans_it_also_past_a_question(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ana, f"/desk/new/?person={cast_now.dana.pk}&kind=write")
    written(page, "The invoice is attached.")
    page.locator("#send-later summary").click()
    assert problems(page) == []
    page.get_by_label("At another time").check()
    time = page.get_by_label("Date and time")
    wall = (localtime(now(), BERLIN) + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    time.fill(wall)
    time.press("Enter")
    expect(page.locator(".composer-ask")).to_contain_text("You mention an attachment")
    expect(time).to_have_value(wall)
    page.get_by_role("button", name="Send without").click()
    expect(page.locator("#prepared")).to_contain_text("Planned for")
    waits = PreparedReply.objects.get()
    assert localtime(waits.send_at, BERLIN).strftime("%Y-%m-%dT%H:%M") == wall
    page.get_by_role("button", name="Edit or cancel").click()
    expect(page.locator("#reply-text")).to_have_value("The invoice is attached.")
    expect(page.locator("#prepared")).not_to_contain_text("Planned for")
    assert Ticket.objects.get(subject="Your invoice").is_unsent


def test_a_colleague_approves_it(cast_now: Cast, open_window: OpenWindow) -> None:
    page = open_window(cast_now.ana, f"/desk/new/?person={cast_now.dana.pk}&kind=write")
    written(page, "Here it is.")
    page.locator("#ask-review summary").click()
    reader = page.get_by_label(cast_now.ben.name)
    reader.check()
    reader.press("Enter")
    expect(page.locator("#prepared")).to_contain_text("reads it before it is sent")
    ticket = Ticket.objects.get(subject="Your invoice")
    there = open_window(cast_now.ben, f"/desk/tickets/{ticket.pk}/")
    there.get_by_role("button", name="Approve and send").click()
    expect(there.locator("#feed")).to_contain_text("approved the reply of Ana")
    expect(page.locator("#feed")).to_contain_text("Here it is.")
    ticket.refresh_from_db()
    assert not ticket.is_unsent
