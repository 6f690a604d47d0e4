"""A call is written down and a mail is begun by keys alone; nothing that was typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser


def begun(page: Page) -> None:
    """Begin a new ticket by the command palette."""
    expect(page.locator("command-palette:defined")).to_be_attached()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Go to, do or answer")).to_be_focused()
    page.keyboard.insert_text("new ticket")
    expect(page.get_by_role("option").first).to_contain_text("New ticket")
    page.keyboard.press("Enter")


def chosen(page: Page, typed: str, name: str) -> None:
    """Find somebody by what is typed of their name, and go on with them."""
    expect(page.locator("new-people:defined")).to_be_attached()
    expect(page.locator("#new-who")).to_be_focused()
    page.keyboard.type(typed)
    expect(page.locator("[data-choice]").first).to_contain_text(name)
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-choice]").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".new-who")).to_contain_text(name)


def test_a_call_is_written_down_by_keys_and_survives_a_reload(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ana, "/desk/")
    begun(page)
    chosen(page, "dana wlof", "Dana Wolf")
    expect(page.locator("new-ticket:defined")).to_be_attached()
    assert problems(page) == []
    page.get_by_label("Subject").press("Tab")
    expect(page.get_by_label("What did they ask?")).to_be_focused()
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        page.keyboard.type("Every export ends with an error.")
    expect(page.locator(".composer-saved")).to_contain_text("saved")
    page.reload()
    body = page.get_by_label("What did they ask?")
    expect(body).to_have_value("Every export ends with an error.")
    body.press("Control+Enter")
    expect(page.locator(".error-summary")).to_contain_text("Enter a subject")
    expect(body).to_have_value("Every export ends with an error.")
    subject = page.get_by_label("Subject")
    subject.press_sequentially("Exports fail")
    page.get_by_label("I fill in the request form with them, now").press("Space")
    expect(page.locator("#offer")).to_contain_text("Guaranteed reply")
    expect(page.locator("#id_received")).to_be_hidden()
    subject.press("Control+Enter")
    expect(page.locator("#ticket-title")).to_contain_text("Exports fail")
    expect(page.locator("#feed")).to_contain_text("Request form filled in by Ana")
    assert Ticket.objects.get(subject="Exports fail").requester == cast_now.dana
