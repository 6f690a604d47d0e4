"""A ticket is filed, held and read by keys alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets import actions
from answerable.tickets.actions import filing
from answerable.tickets.models import Field, Ticket

pytestmark = pytest.mark.browser


@pytest.fixture
def ticket(cast_now: Cast) -> Ticket:
    """A ticket with a note, a field that has to be filled in, and two labels to choose from."""
    ticket = ask(cast_now.dana, "Exports fail", at=timezone.now() - timedelta(minutes=5))
    actions.add_note(ticket, agent=cast_now.ben, body="Looks like error 17.", at=timezone.now())
    build = Field(kind="text", names={"en": "Build"}, required="on_resolve")
    filing.save_field(build)
    for name in ("Export", "Expired card"):
        filing.add_tag(name, by=None, at=timezone.now())
    return ticket


def opened(page: Page) -> None:
    expect(page.locator("#ticket-title")).to_be_visible()


def test_labels_are_found_by_typing_and_taken_back_by_one_key(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    page.keyboard.press("l")
    expect(page.locator("dialog [data-find]")).to_be_focused()
    page.keyboard.type("expo")
    expect(page.locator(".label-choices .choice:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("dialog [data-find]")).to_have_value("")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ticket-labels")).to_contain_text("Export")
    page.keyboard.press("Control+z")
    expect(page.locator(".ticket-labels")).to_have_count(0)


def test_a_field_is_changed_where_it_stands_and_escape_leaves_it(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    link = page.locator("#filing a")
    expect(link).to_contain_text("needed to resolve")
    link.press("Enter")
    box = page.locator("#filing input[type=text]")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    link.press("Enter")
    expect(box).to_be_focused()
    page.keyboard.type("7.2")
    page.keyboard.press("Enter")
    expect(link).to_contain_text("7.2")


def test_tabs_show_a_part_of_the_conversation(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    note = page.locator("#feed [data-kind=note]")
    clock = page.locator("#feed [data-clock]").first
    expect(note).to_be_visible()
    page.get_by_role("tab", name="All").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Messages")).to_be_focused()
    expect(note).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(note).to_be_visible()
    expect(clock).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(clock).to_be_visible()
    expect(note).to_be_hidden()


def test_a_hold_says_what_it_does_before_it_is_done(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    page.keyboard.press("h")
    page.get_by_label("Until somebody ends it").check()
    effect = page.locator("#hold-effect")
    expect(effect).to_contain_text("The first-reply promise is due")
    page.get_by_label("Why?").fill("Engineering looks")
    effect.get_by_role("button").last.click()
    expect(page.locator(".ticket-state")).to_contain_text("On hold until")
