"""A draft that the server has not heard all of, and one of two windows."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.desk.tests.chatting import macro
from answerable.desk.tests.opening import ask
from answerable.desk.tests.test_composer_browser import KIM, opened
from answerable.macros.core.staged import Act
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.actions import leave
from answerable.tickets.models import Draft, Ticket

pytestmark = pytest.mark.browser


@pytest.fixture
def ticket(cast_now: Cast) -> Ticket:
    return ask(cast_now.dana)


def test_d_21_what_the_server_has_not_heard_is_there_after_a_reload(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    macro(cast_now.lena, "Cert expired", "Renew it", "en", Act("add_tag", "Certificate"))
    page = opened(open_window, cast_now, ticket)
    saved = page.locator(".box--reply .composer-saved")
    page.keyboard.type("It expired. ")
    expect(saved).to_contain_text("saved")
    page.route("**/draft/reply/", lambda route: route.abort())
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type("! /cert")
    page.get_by_role("option").click()
    page.locator(".recipients-edit > summary").click()
    page.get_by_label("Add to Cc").fill(KIM)
    page.get_by_label("Add to Cc").press("Enter")
    copied = page.locator("composer-box[data-mode=reply] input[name=cc]")
    expect(copied).to_have_value(KIM)
    expect(saved).to_contain_text("Not saved yet")
    page.unroute("**/draft/reply/")
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("It expired! Renew it")
    expect(page.locator("staged-acts .act-chip").first).to_contain_text("Label Certificate")
    expect(copied).to_have_value(KIM)
    expect(saved).to_contain_text("saved")
    sent_as_it_was(page, ticket)


def sent_as_it_was(page: Page, ticket: Ticket) -> None:
    """The reply goes to whom it was for, and nothing of it comes back."""
    page.locator("#reply-text").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".sending")).to_contain_text("Sending in")
    sent = ticket.messages.get(kind="reply")
    leave(sent, at=timezone.now())
    assert sent.body == "It expired! Renew it"
    assert ticket.events.get(verb="answered").data["cc"] == [KIM]
    assert [tag.name for tag in ticket.tags.all()] == ["Certificate"]
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("")


def test_d_21_two_tabs_never_overwrite_each_other(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = opened(open_window, cast_now, ticket)
    other = page.context.new_page()
    other.goto(page.url)
    other.keyboard.press("r")
    page.keyboard.type("First")
    expect(page.locator(".box--reply .composer-saved")).to_contain_text("saved")
    other.evaluate("localStorage.clear()")
    other.locator("#reply-text").fill("Second")
    asks = other.locator("composer-box[data-mode=reply] .draft-newer")
    expect(asks).to_contain_text("A newer draft of this reply is open in another window.")
    assert Draft.objects.get().body == "First"
    asks.get_by_role("button", name="Keep both").click()
    expect(other.locator("#reply-text")).to_have_value("First\n\nSecond")
    expect(other.locator(".box--reply .composer-saved")).to_contain_text("saved")
    assert Draft.objects.get().body == "First\n\nSecond"
