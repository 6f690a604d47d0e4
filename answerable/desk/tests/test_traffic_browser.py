"""An hour of traffic sounds seldom, and never for others' work (ux.md 8.12, check D-24)."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.channels.chat.actions import end_chat
from answerable.channels.chat.models import Chat
from answerable.desk.tests.opening import ask
from answerable.desk.tests.test_offers import chat_of
from answerable.desk.tests.test_offers_browser import listening
from answerable.routing import actions as routing
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets import actions
from answerable.tickets.actions import Sender
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser
ROUNDS = 10  # each with an offer and a message for Ana, and 28 events for others
OTHERS = 28
ROUND_SECONDS = 360
MOST = 6
# The hour passes for what the desk counts by, and not for its timers.
LATER = """
const real = Date.now
Date.now = () => real() + Number(localStorage.getItem("later") ?? 0)
"""


def test_d_24_an_hour_of_traffic_sounds_six_times_at_the_most(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    mine, others = _tickets(cast_now)
    page = listening(open_window, cast_now.ana, "/desk/chats/")
    page.add_init_script(LATER)
    page.reload()
    for number in range(ROUNDS):
        _is_later(page, number * ROUND_SECONDS)
        _happens(others, cast_now, number)
        _write(mine, cast_now, f"Any news? {number}")
        _rings_and_goes(page, cast_now)
    assert page.evaluate("heard") == ["offer.wav"] * MOST


def _tickets(cast: Cast) -> tuple[Ticket, Ticket]:
    """Return a ticket of Ana's, and one of Ben's."""
    tickets = []
    for agent in (cast.ana, cast.ben):
        ticket = ask(cast.sam, f"For {agent.name}")
        actions.take(ticket, agent=agent, at=timezone.now())
        tickets.append(ticket)
    return tickets[0], tickets[1]


@transaction.atomic
def _happens(ticket: Ticket, cast: Cast, number: int) -> None:
    """Let much happen at once to a ticket of somebody else."""
    _write(ticket, cast, f"Mine too {number}")
    for turn in range(1, OTHERS):
        body, at = f"{number}.{turn}", timezone.now()
        actions.add_note(ticket, agent=cast.ben, body=body, at=at)


def _write(ticket: Ticket, cast: Cast, body: str) -> None:
    actions.add_message(ticket, sender=Sender(contact=cast.sam), body=body, at=timezone.now())


def _rings_and_goes(page: Page, cast: Cast) -> None:
    chat = chat_of(cast.dana)
    routing.make_offers(at=timezone.now())
    page.locator(".offer--chat [data-later]").first.click()
    expect(page.locator(".offer")).to_have_count(0)
    end_chat(chat, Chat.End.CONTACT, at=timezone.now())


def _is_later(page: Page, seconds: int) -> None:
    page.evaluate("ms => localStorage.setItem('later', ms)", seconds * 1000)
