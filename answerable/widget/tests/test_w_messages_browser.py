"""A message on a request says whether it is sent, and is there once (ux.md 5.7)."""

from __future__ import annotations

import pytest
from django.utils.timezone import now
from playwright.sync_api import Locator, Route, expect

from answerable.accounts.models import WidgetSession
from answerable.cast import Cast
from answerable.portal.tests.helping import sent_by
from answerable.tickets.models import Ticket
from answerable.widget.tests.hosting import ORIGIN, Host, opened

pytestmark = pytest.mark.browser


def talk_of(panel: Locator) -> Locator:
    """Go to the one request there is; return its conversation."""
    panel.get_by_role("button", name="Exports fail").click()
    log = panel.get_by_role("log", name="Conversation")
    log.wait_for()
    return log


def said_on(ticket: Ticket) -> list[str]:
    return [*ticket.messages.order_by("pk").values_list("body", flat=True)]


def test_w_12_a_message_whose_answer_was_lost_says_so_and_is_there_once(
    cast_now: Cast, host: Host
) -> None:
    ticket = sent_by(cast_now.dana, "Exports fail", at=now())
    page = host.window(cast_now.dana)
    panel = opened(page)
    log, box = talk_of(panel), panel.get_by_label("Message")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/views/say/", lose, times=1)
    box.fill("Since nine")
    box.press("Enter")
    expect(log.get_by_text("Not sent.")).to_be_visible()
    expect(box).to_have_value("")
    log.get_by_role("button", name="Send again").click()
    expect(log.locator(".entry--waiting")).to_have_count(0)
    expect(log.locator(".entry").last.locator(".entry-state")).to_have_text("Sent")
    assert said_on(ticket) == ["Exports fail", "Since nine"]


def test_w_11_messages_written_offline_are_sent_in_order_by_the_next_page(
    cast_now: Cast, host: Host
) -> None:
    ticket = sent_by(cast_now.dana, "Exports fail", at=now())
    page = host.window(cast_now.dana)
    panel = opened(page)
    log, box = talk_of(panel), panel.get_by_label("Message")
    page.context.set_offline(True)
    for words in ("Since nine", "And imports too"):
        box.fill(words)
        panel.get_by_role("button", name="Send", exact=True).click()
    expect(log.locator(".entry--waiting")).to_have_count(2)
    page.close()
    page.context.set_offline(False)
    later = page.context.new_page()
    with later.expect_response("**/views/say/"), later.expect_response("**/views/say/"):
        later.goto(f"{ORIGIN}/next")
    log = talk_of(opened(later))
    expect(log.locator(".entry")).to_have_count(3)
    expect(log.locator(".entry--waiting")).to_have_count(0)
    assert said_on(ticket) == ["Exports fail", "Since nine", "And imports too"]


def test_w_13_a_message_outlives_the_session_it_was_written_in(
    cast_now: Cast, host: Host
) -> None:
    ticket = sent_by(cast_now.dana, "Exports fail", at=now())
    page = host.window(cast_now.dana)
    panel = opened(page)
    log, box = talk_of(panel), panel.get_by_label("Message")
    WidgetSession.objects.update(ended_at=now())
    box.fill("Since nine")
    box.press("Enter")
    expect(log.get_by_text("Not sent.")).to_be_visible()
    expect(panel.get_by_role("status")).to_contain_text("Your session ended. Sign in again")
    change = "(identity) => document.querySelector('support-desk').update({ identity })"
    page.evaluate(change, host.signs(cast_now.dana))
    expect(log.locator(".entry--waiting")).to_have_count(0)
    expect(log).to_contain_text("Since nine")
    assert said_on(ticket) == ["Exports fail", "Since nine"]
