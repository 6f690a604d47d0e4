"""Setting a severity and correcting what a ticket is about, in a browser."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.sla.tests.plans import shipped
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets.actions import ask_for_another_look
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser


@pytest.fixture
def ticket(cast_now: Cast) -> Ticket:
    """A ticket under a plan with four severities, about which another look is asked for."""
    shipped(cast_now, "zitadel", at=timezone.now())
    ticket = ask(cast_now.dana)
    ask_for_another_look(ticket, contact=cast_now.dana, reason="It grows.", at=timezone.now())
    return ticket


def test_a_key_opens_it_and_the_page_shows_what_was_set(
    cast_now: Cast, ticket: Ticket, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    expect(page.locator(".ticket-severity")).to_have_text("Severity 4")
    page.keyboard.press("p")
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("Severity 1").check()
    dialog.get_by_role("button", name="Set the severity").click()
    expect(dialog.get_by_text("Enter one sentence for the customer").first).to_be_visible()
    dialog.get_by_label("One sentence for the customer").fill("All tenants are down.")
    dialog.get_by_role("button", name="Set the severity").click()
    expect(page.locator(".ticket-severity")).to_have_text("Severity 1")
    expect(page.locator("#feed")).to_contain_text("severity changed by Ana Silva")
    expect(page.locator("#head .chip--critical")).to_be_visible()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_its_dialogs_keep_the_rules(
    cast_now: Cast, ticket: Ticket, open_window: OpenWindow, theme: str, width: int
) -> None:
    size = {"width": width, "height": 700}
    page = open_window(cast_now.lena, "/desk/", color_scheme=theme, viewport=size)
    for deed in ("", "severity/", "facts/", "another-look/"):
        page.goto(f"/desk/tickets/{ticket.pk}/{deed}")
        expect(page.locator("#main")).to_be_visible()
        assert problems(page) == [], deed
