"""Notices in real windows: a card that moves nothing, one line in the status, the list by keys.

Tests that stand for a check of ux.md bear its number.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.desk.tests.test_offers_browser import listening
from answerable.notices.tests.scene import due_of, tick
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets import actions
from answerable.tickets.actions import Sender
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser


def mine(cast: Cast, subject: str) -> Ticket:
    ticket = ask(cast.dana, subject, at=timezone.now() - timedelta(minutes=1))
    actions.take(ticket, agent=cast.ana, at=timezone.now())
    return ticket


def meets(page: Page, one: str, other: str) -> bool:
    """Say whether two elements lie over each other."""
    boxes = [page.locator(place).first.bounding_box() for place in (one, other)]
    first, second = boxes
    assert first
    assert second
    beside = (
        first["x"] >= second["x"] + second["width"]
        or second["x"] >= first["x"] + first["width"]
    )
    above = (
        first["y"] >= second["y"] + second["height"]
        or second["y"] >= first["y"] + first["height"]
    )
    return not (beside or above)


def test_d_25_a_card_at_risk_moves_nothing_and_sounds_once(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    written, risky = mine(cast_now, "Rename a field"), mine(cast_now, "Exports fail")
    page = listening(open_window, cast_now.ana, f"/desk/q/all/{written.pk}/")
    page.keyboard.press("n")
    box = page.locator("#note-text")
    expect(box).to_be_focused()
    page.keyboard.type("half a note")
    page.keyboard.press("ArrowLeft")
    tick(due_of(risky) - timedelta(minutes=6))
    card = page.locator(f".offer--notice[data-ticket='{risky.pk}']")
    expect(card).to_contain_text(f"#{risky.pk} is at risk:")
    expect(card.get_by_role("link", name="Hand over")).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_value("half a note")
    assert box.evaluate("box => box.selectionStart") == len("half a not")
    assert not meets(page, ".offer--notice", ".composer--note")
    # What is about the ticket that is open has no card; both came at once, and sound once.
    expect(page.locator(f".offer--notice[data-ticket='{written.pk}']")).to_have_count(0)
    assert page.evaluate("heard").count("offer.wav") <= 1
    assert problems(page) == []


def test_d_24_a_message_on_my_ticket_is_a_number_and_a_line_without_a_sound(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = mine(cast_now, "Exports fail")
    page = listening(open_window, cast_now.ana)
    link = page.get_by_role("link", name="Notices", exact=True)
    expect(link).to_be_visible()
    actions.add_message(
        ticket, sender=Sender(contact=cast_now.dana), body="any news?", at=timezone.now()
    )
    tick(timezone.now())
    words = f"New message from Dana Wolf on #{ticket.pk}"
    expect(page.locator("#status")).to_contain_text(words)
    expect(page.get_by_role("link", name="Notices: 1 unread")).to_be_visible()
    assert page.evaluate("heard") == []
    page.keyboard.press("g")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Notices", level=1)).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_text("You have read everything.")).to_be_visible()
    page.get_by_role("link", name="How I am told").click()
    expect(page.get_by_role("heading", name="Quiet hours")).to_be_visible()
    assert problems(page) == []
