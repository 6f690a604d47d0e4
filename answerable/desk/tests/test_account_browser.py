"""The customer pane and what else is done with a ticket, in a browser."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from answerable.accounts.notes.actions import Noted, add_note
from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser
WORDS = "Call **before** you restart anything."


@pytest.fixture
def ticket(cast_now: Cast) -> Ticket:
    noted = Noted(WORDS, is_pinned=True)
    add_note(cast_now.nordwind, noted, agent=cast_now.ben, at=timezone.now())
    return ask(cast_now.dana)


def test_the_pane_loads_beside_and_keeps_what_is_folded(
    cast_now: Cast, ticket: Ticket, open_window: OpenWindow
) -> None:
    other = ask(cast_now.kim, "Webhook retries")
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    side = page.locator("#side")
    expect(side.get_by_text("Other open tickets 1")).to_be_visible()
    people = side.locator("[data-fold=people]")
    with page.expect_response("**/desk/pane/"):
        people.locator("summary").click()
    expect(people.get_by_text("Sam Ortiz")).to_be_visible()
    with page.expect_response("**/desk/pane/"):
        side.locator("[data-fold=contract] > summary").click()
    side.get_by_role("link", name="Webhook retries").click()
    expect(page.locator("#ticket-title")).to_contain_text(f"#{other.pk}")
    expect(side.locator("[data-fold=people]").get_by_text("Dana Wolf")).to_be_visible()
    expect(side.locator("[data-fold=contract]")).not_to_have_attribute("open", "")
    expect(page.locator(".pinned-note")).to_contain_text("Call before you restart anything.")


def test_a_note_that_a_colleague_pins_shows_on_the_open_ticket(
    cast_now: Cast, ticket: Ticket, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    expect(page.locator(".pinned-note")).to_have_count(1)
    expect(page.locator("account-beside .account-note")).to_have_count(1)
    noted = Noted("They are moving to EU-2.", is_pinned=True)
    add_note(cast_now.nordwind, noted, agent=cast_now.ben, at=timezone.now())
    expect(page.locator(".pinned-note")).to_have_count(2)
    expect(page.locator("account-beside .account-note")).to_have_count(2)


def test_what_else_is_done_is_under_one_key_and_each_has_its_own(
    cast_now: Cast, ticket: Ticket, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    expect(page.locator("account-beside .account-note")).to_be_visible()
    page.keyboard.press("v")
    expect(page.get_by_role("link", name="Labels…")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Skip…")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#more-menu")).to_be_hidden()
    page.keyboard.press("w")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("#whose-words")).to_be_focused()
    page.keyboard.type("olive")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Olive Grant").click()
    expect(dialog.get_by_text("Nordwind GmbH no longer sees it")).to_be_visible()
    dialog.get_by_label("Reason").fill("Filed wrong")
    dialog.get_by_role("button", name="Make it Olive Grant's").click()
    expect(page.locator(".ticket-who")).to_contain_text("Brightwater Ltd")
    expect(page.locator("#status")).to_contain_text("is Olive Grant's now.")
    page.keyboard.press("Control+z")
    expect(page.locator(".ticket-who")).to_contain_text("Nordwind GmbH")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_d_30_the_pane_is_for_everybody(
    cast_now: Cast, ticket: Ticket, open_window: OpenWindow, theme: str, width: int
) -> None:
    size = {"width": width, "height": 700}
    page = open_window(cast_now.ana, "/desk/", color_scheme=theme, viewport=size)
    for deed in ("", "whose/", f"whose/?person={cast_now.olive.pk}", "account/notes/"):
        page.goto(f"/desk/tickets/{ticket.pk}/{deed}")
        expect(page.locator("#main")).to_be_visible()
        if not deed:
            expect(page.locator("live-ticket")).to_be_visible()
            if width < 1200:  # Where it does not stand beside the ticket already.
                page.keyboard.press("i")
            expect(page.locator("account-beside .account-note")).to_be_visible()
        assert problems(page) == [], deed
