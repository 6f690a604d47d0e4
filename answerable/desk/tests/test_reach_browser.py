"""The desk for everybody: by rule (axe), in both themes, on a window as narrow as a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.desk.tests.opening import ask, stranger_asks
from answerable.sla.actions import wake_due
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets import actions
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser


def reply_box(page: Page) -> None:
    page.keyboard.press("r")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Enter a reply")).to_be_visible()


def note_box(page: Page) -> None:
    page.keyboard.press("n")
    expect(page.locator("#note-text")).to_be_focused()


def triage(page: Page) -> None:
    page.keyboard.press("!")
    page.get_by_label("Change to standard").check()
    page.get_by_role("button", name="Save decision").click()
    expect(page.get_by_text("Select a reason from the rubric").first).to_be_visible()


def dialog(key: str) -> Callable[[Page], None]:
    def opened(page: Page) -> None:
        page.keyboard.press(key)
        expect(page.locator("dialog[open]")).to_be_visible()

    return opened


def nothing(page: Page) -> None:
    expect(page.locator(".offer")).to_be_visible()


STEPS = {
    "as it is": nothing,
    "reply": reply_box,
    "note": note_box,
    "triage": triage,
    "why": dialog("d"),
    "assign": dialog("a"),
    "resolve": dialog("e"),
    "help": dialog("?"),
    "palette": dialog("Control+k"),
}


@pytest.fixture
def claim(cast_now: Cast) -> Ticket:
    """A claim that is offered, with a note, beside tickets of every kind."""
    ticket = ask(cast_now.dana, "Nobody can sign in", critical=True)
    actions.add_note(ticket, agent=cast_now.ben, body="Looking", at=timezone.now())
    ask(cast_now.sam, "Rename a field")
    ask(cast_now.tom, "Second workspace")
    ask(cast_now.olive, "Exports fail")
    wake_due(at=timezone.now())
    return ticket


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_ticket_keeps_the_rules(
    claim: Ticket, cast_now: Cast, open_window: OpenWindow, theme: str
) -> None:
    page = open_window(cast_now.ana, "/desk/", color_scheme=theme)
    found: dict[str, list[str]] = {}
    for name, step in STEPS.items():
        page.goto(f"/desk/q/all/{claim.pk}/")
        expect(page.locator("article[aria-posinset]").first).to_be_attached()
        step(page)
        if there := problems(page):
            found[name] = there
    assert found == {}


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_the_views_keep_the_rules(
    claim: Ticket, cast_now: Cast, open_window: OpenWindow, theme: str, width: int
) -> None:
    stranger, claimed = stranger_asks(), f"tickets/{claim.pk}"
    size = {"width": width, "height": 700}
    page = open_window(cast_now.ana, "/desk/", color_scheme=theme, viewport=size)
    found: dict[str, list[str]] = {}
    alone = (f"{claimed}/why/", f"{claimed}/assign/", f"{claimed}/resolve/")
    views = ("", "q/mine/", "q/waiting/", "q/review/", f"q/review/{stranger.pk}/")
    for path in (*views, *alone):
        page.goto(f"/desk/{path}")
        expect(page.locator("#main")).to_be_visible()
        if there := problems(page):
            found[path] = there
    assert found == {}


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_it_never_scrolls_sideways(
    claim: Ticket, cast_now: Cast, open_window: OpenWindow, width: int
) -> None:
    viewport = {"width": width, "height": 700}
    page = open_window(cast_now.ana, "/desk/", viewport=viewport, color_scheme="dark")
    wide: dict[str, int] = {}
    for name, step in STEPS.items():
        page.goto(f"/desk/q/all/{claim.pk}/")
        expect(page.locator("article[aria-posinset]").first).to_be_attached()
        step(page)
        scrolled = page.evaluate("document.scrollingElement.scrollWidth")
        if scrolled > width:
            wide[name] = scrolled
    assert wide == {}


def test_nothing_lies_over_a_window_of_a_few_lines(
    claim: Ticket, cast_now: Cast, open_window: OpenWindow
) -> None:
    """A window of 1,280 by 800 pixels at 400 % zoom."""
    page = open_window(cast_now.ana, "/desk/", viewport={"width": 320, "height": 200})
    page.locator(f"#row-{claim.pk} a").click()
    expect(page.locator(".offer")).to_be_visible()
    page.get_by_label("Change to standard").check()
    page.get_by_role("button", name="Save decision").click()
    expect(page.locator("#problem")).to_be_focused()
    page.get_by_role("button", name="Your status").click()
    page.get_by_role("button", name="Go off duty").click()
    expect(page.locator(".standing-now")).to_contain_text("Off duty")


@pytest.mark.parametrize("width", [320, 768, 1024, 1280])
def test_an_offer_shows_its_buttons_and_lies_over_no_other(
    claim: Ticket, cast_now: Cast, open_window: OpenWindow, width: int
) -> None:
    urgent = ask(cast_now.olive, "Booking pages " + "and more pages " * 12, critical=True)
    wake_due(at=timezone.now())
    viewport = {"width": width, "height": 700}
    page = open_window(cast_now.ana, f"/desk/q/all/{urgent.pk}/", viewport=viewport)
    expect(page.locator(".offer")).to_have_count(2)
    for button in page.locator(".offer button, .ticket-acts :is(a, button):not(.unseen)").all():
        if button.is_visible():
            button.scroll_into_view_if_needed()
            button.click(trial=True)


def test_a_phone_shows_the_list_or_the_ticket(
    claim: Ticket, cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ana, "/desk/", viewport={"width": 320, "height": 640})
    page.locator(f"#row-{claim.pk} a").click()
    expect(page.locator("#ticket-title")).to_be_visible()
    expect(page.locator("#queue-title")).to_be_hidden()
    assert problems(page) == []
    page.get_by_role("button", name="Customer").click()
    expect(page.locator("#side")).to_contain_text("Covered: yes")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator("#side")).to_be_hidden()
    page.get_by_role("link", name="Back to the queue").click()
    expect(page.locator("#queue-title")).to_be_visible()
