"""Two people on one ticket: each sees that the other is there, and only one reply goes out."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Error, Page, expect

from answerable.cast import Cast
from answerable.desk.tests.opening import ask, last_event
from answerable.routing.models import OpenPage
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets import actions
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser
HEAR = "document.body.dispatchEvent(new CustomEvent('live:company-all'))"
NEWER = "1 new message since you started"


@pytest.fixture
def ticket(cast_now: Cast) -> Ticket:
    return ask(cast_now.dana)


def begins(page: Page, text: str) -> None:
    """Write a reply on the open ticket."""
    expect(page.locator("composer-box[data-mode=reply]")).to_be_visible()
    page.keyboard.press("r")
    expect(page.locator("#reply-text")).to_be_focused()
    page.keyboard.type(text)
    expect(page.locator("#reply-text")).to_have_value(text)


def test_colleagues_are_shown_in_the_list_and_on_the_ticket(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    ana = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    ben = open_window(cast_now.ben, f"/desk/q/all/{ticket.pk}/")
    lists = open_window(cast_now.chidi, "/desk/")
    row = lists.locator(f"#row-{ticket.pk} a")
    others = ana.locator("ticket-company")
    expect(others).to_have_text("Ben is viewing")
    expect(row).to_contain_text("Ana +1")
    begins(ben, "I know this one.")
    expect(others).to_contain_text("Ben is replying (")
    expect(row).to_have_attribute("aria-label", re.compile("Ben is replying. Ana is viewing.$"))
    ana.keyboard.press("r")
    too = ana.locator("reply-company")
    expect(too).to_contain_text("Ben is writing a reply.")
    expect(ana.locator("#reply-text")).to_be_focused()
    too.get_by_role("button", name="Ask Ben").click()
    expect(ana.locator("#note-text")).to_have_value("@ben ")
    expect(ana.locator("#note-text")).to_be_focused()
    ana.keyboard.type("are you on it?")
    expect(ben.locator("ticket-company")).to_contain_text("Ana is writing a note (")
    ben.keyboard.press("Escape")
    expect(others).to_have_text("Ben is viewing")
    ben.goto("/desk/")
    expect(others).to_be_hidden()
    expect(row).to_have_attribute("aria-label", re.compile("Ana is writing a note.$"))


def test_d_15_a_killed_browser_is_lost_and_its_ticket_is_served_again(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    ben = open_window(cast_now.ben, f"/desk/q/all/{ticket.pk}/")
    ana = open_window(cast_now.ana, "/desk/")
    row = ana.locator(f"#row-{ticket.pk} a")
    expect(row).to_contain_text("Ben")
    ana.keyboard.press("q")
    said = ana.get_by_text("Nothing you can work on is waiting. 1 ticket has somebody on it.")
    expect(said.first).to_be_visible()
    with suppress(Error):  # It is killed: nobody says that it was closed.
        ben.goto("chrome://crash")
    silent = timezone.now() - timedelta(seconds=30)
    OpenPage.objects.filter(agent=cast_now.ben).update(heard_at=silent)
    ana.evaluate(HEAR)
    expect(row).to_have_attribute("aria-label", re.compile("Ben lost connection.$"))
    ana.keyboard.press("q")
    expect(ana.locator("#ticket-title")).to_contain_text("Exports fail")
    expect(ana.locator("ticket-company")).to_contain_text("Ben lost connection (")


def test_d_13_what_landed_meanwhile_stops_the_sending(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    ana = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    begins(ana, "Which region is it?")
    seen = last_event(ticket)
    actions.answer(ticket, agent=cast_now.ben, body="By Ben.", seen=seen, at=timezone.now())
    expect(ana.locator("#feed").get_by_text("By Ben.")).to_be_visible()
    ana.keyboard.press("Control+Enter")
    dialog = ana.get_by_role("alertdialog", name=NEWER)
    expect(dialog.get_by_role("button", name="Review")).to_be_focused()
    assert ticket.messages.filter(agent=cast_now.ana).count() == 0
    ana.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(ana.locator("#reply-text")).to_have_value("Which region is it?")
    expect(ana.locator("#reply-text")).to_be_focused()
    ana.keyboard.press("Control+Enter")
    expect(ana.locator(".sending")).to_contain_text("Sending in")
    assert ticket.messages.filter(agent=cast_now.ana).count() == 1


def test_d_14_two_who_send_at_once_make_one_reply_and_one_dialog(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    windows = [
        open_window(agent, f"/desk/q/all/{ticket.pk}/")
        for agent in (cast_now.ana, cast_now.ben)
    ]
    for number, page in enumerate(windows):
        begins(page, f"Reply {number}")
    press = (
        "setTimeout(() => document.querySelector('#reply form.composer').requestSubmit(), 50)"
    )
    for page in windows:
        page.evaluate(press)
    stopped = [page.get_by_role("alertdialog", name=NEWER) for page in windows]
    expect(stopped[0].or_(windows[0].locator(".sending-line"))).to_be_visible()
    expect(stopped[1].or_(windows[1].locator(".sending-line"))).to_be_visible()
    assert ticket.messages.filter(kind="reply").count() == 1
    counts = [dialog.count() for dialog in stopped]
    assert sorted(counts) == [0, 1]
    loser = windows[counts.index(1)]
    loser.get_by_role("button", name="Send anyway").click()
    expect(loser.locator(".sending-line")).to_be_visible()
    assert ticket.messages.filter(kind="reply").count() == 2
