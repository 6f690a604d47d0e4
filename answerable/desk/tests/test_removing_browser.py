"""Removing for good by the keyboard, and rows that are swiped by a finger."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.core.redaction import MARK
from answerable.tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.browser


def test_the_number_of_a_card_is_removed_by_keys_alone(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = ask(cast_now.dana, body="Charge 4111 1111 1111 1111 for it.")
    page = open_window(cast_now.ana, f"/desk/tickets/{ticket.pk}/")
    expect(page.locator("connection-bar")).to_have_attribute("data-state", "live")
    remove = page.locator("#feed").get_by_role("link", name="Remove…")
    remove.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name="Card number •••• 1111")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("This cannot be undone.")
    button = dialog.get_by_role("button", name="Remove for good")
    button.focus()
    with page.expect_response(lambda answer: "/remove/" in answer.url):
        page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("#feed")).to_contain_text(f"Charge {MARK} for it.")
    expect(page.locator("#feed")).to_contain_text("Card number removed by Ana Silva")


def swipe(page: Page, ticket: Ticket, by: int) -> None:
    """Draw a finger over a ticket's row, as the browser itself says that fingers go."""
    box = page.locator(f"#row-{ticket.pk}").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2 - by / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)

    def at(kind: str, *points: Any) -> None:
        said = {"type": kind, "touchPoints": [{"x": x + dx, "y": y} for dx in points]}
        touch.send("Input.dispatchTouchEvent", said)

    at("touchStart", 0)
    for part in range(1, 9):
        at("touchMove", by * part / 8)
    at("touchEnd")


def test_a_row_is_taken_and_held_by_a_finger(cast_now: Cast, open_window: OpenWindow) -> None:
    first, second = ask(cast_now.dana, "First"), ask(cast_now.sam, "Second")
    page = open_window(cast_now.ana, "/desk/", has_touch=True)
    expect(page.locator(f"#row-{second.pk}")).to_be_visible()
    expect(page.locator("connection-bar")).to_contain_text("Times live · ")
    swipe(page, first, 40)
    expect(page.locator(f"#row-{first.pk}")).not_to_have_attribute("data-swipe", "take")
    swipe(page, first, 130)
    expect(page.locator(f"#row-{first.pk}")).to_contain_text("you")
    assert [*TicketEvent.objects.filter(verb="taken").values_list("ticket", flat=True)] == [
        first.pk
    ]
    swipe(page, second, -130)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name=f"Hold #{second.pk}")).to_be_visible()
    assert page.url.endswith("/desk/")
