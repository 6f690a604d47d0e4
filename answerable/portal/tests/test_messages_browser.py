"""A message on a request's page says whether it is sent, and is never lost (ux.md 5.7)."""

from __future__ import annotations

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, Route, expect

from answerable.accounts.models import Session
from answerable.cast import Cast
from answerable.portal.tests.helping import sent_by
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser


def said_on(ticket: Ticket) -> list[str]:
    return [*ticket.messages.order_by("pk").values_list("body", flat=True)]


def write(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Message").fill(words)
    page.get_by_role("button", name="Send message").click()


def test_a_message_whose_answer_was_lost_says_so_and_is_there_once(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = sent_by(cast_now.dana, "Exports fail", at=now())
    page = open_window(cast_now.dana, f"/requests/{ticket.pk}/")
    lost: list[Route] = []

    def lose(route: Route) -> None:
        route.fetch()
        lost.append(route)
        route.abort()

    page.route("**/messages/", lose, times=1)
    write(page, "Since nine")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("")
    expect(page.get_by_text("Not sent.")).to_be_visible()
    page.reload()
    own = page.get_by_label("Conversation").locator(".entry")
    expect(own).to_have_count(2)
    expect(own.last.locator(".entry-state")).to_have_text("Sent")
    expect(page.locator(".entry--waiting")).to_have_count(0)
    assert (len(lost), said_on(ticket)) == (1, ["Exports fail", "Since nine"])


def test_p_11_a_session_that_ends_while_somebody_writes_loses_nothing(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = sent_by(cast_now.dana, "Exports fail", at=now())
    page = open_window(cast_now.dana, f"/requests/{ticket.pk}/")
    expect(page.get_by_text("Times live")).to_be_visible()
    Session.objects.all().delete()
    write(page, "Half an hour of typing")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    again = open_window(cast_now.dana, "/requests/")
    page.context.add_cookies(
        [
            {"name": one["name"], "value": one["value"], "domain": one["domain"], "path": "/"}
            for one in again.context.cookies()
        ]
    )
    page.goto(f"/requests/{ticket.pk}/")
    box = page.get_by_role("textbox", name="Message")
    expect(box).to_have_value("Half an hour of typing")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_label("Conversation")).to_contain_text("Half an hour of typing")
    assert said_on(ticket) == ["Exports fail", "Half an hour of typing"]
