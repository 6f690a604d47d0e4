"""A ticket's page: its clocks, what happened in words, and what it knows of the customer."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.desk.tests.opening import ask, last_event, stranger_asks
from answerable.entitlements.actions import suspend
from answerable.lib import times
from answerable.sla.actions import wake_due
from answerable.tickets import actions
from answerable.tickets.actions import Sender
from answerable.tickets.models import Ticket

MINUTE = timedelta(minutes=1)
BERLIN = ZoneInfo("Europe/Berlin")
# Four ask who reads, how they stand and who chats, three are the queue, five how it is filed.
QUERIES = 34  # three of them for the views beside it


def page(client: Client, ticket: Ticket, query: str = "") -> str:
    answer = client.get(f"/desk/tickets/{ticket.pk}/{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def clock(instant: datetime, said: datetime | None = None) -> str:
    """A time as a line says it that was written at an instant: the day too, if another."""
    local = instant.astimezone(BERLIN)
    if said and said.astimezone(BERLIN).date() != local.date():
        return times.moment(instant, said, BERLIN)
    return f"{local:%H:%M:%S}"


@pytest.fixture
def opened(here: Cast) -> datetime:
    """Twenty minutes ago."""
    return timezone.now().replace(microsecond=0) - 20 * MINUTE


def test_it_shows_every_clock_with_its_due_time(
    here: Cast, ana: Client, opened: datetime
) -> None:
    ticket = ask(here.dana, critical=True, at=opened)
    shown = page(ana, ticket)
    due = opened + 30 * MINUTE
    now = timezone.now()
    assert f"first reply, due {times.moment(due, now, BERLIN)}" in shown
    assert f"decide by {times.moment(opened + 15 * MINUTE, now, BERLIN)}" in shown


def test_it_tells_of_a_promise_from_its_start_to_its_keeping(
    here: Cast, ana: Client, opened: datetime
) -> None:
    ticket = ask(here.dana, at=opened)
    actions.take(ticket, agent=here.ben, at=opened + MINUTE)
    message = actions.answer(
        ticket, agent=here.ben, body="Fixed.", seen=last_event(ticket), at=opened + 3 * MINUTE
    )
    assert "Sending" in page(ana, ticket)
    delivered = opened + 4 * MINUTE
    actions.mark_delivered(message, at=delivered)
    shown = page(ana, ticket)
    due = clock(opened + 60 * MINUTE, opened)
    assert (
        f"First-reply clock started · 60 min · 24\N{MULTIPLICATION SIGN}7 · due {due}" in shown
    )
    assert "Taken by Ben Adler" in shown
    assert f"Delivered {clock(delivered)}" in shown
    assert "First reply delivered · promise kept, 56 min early" in shown
    assert "Kept, 56 min early" in shown


def test_it_tells_of_a_missed_promise(here: Cast, ana: Client) -> None:
    opened = timezone.now().replace(microsecond=0) - 61 * MINUTE
    ticket = ask(here.dana, at=opened)
    wake_due(at=timezone.now())
    due = opened + 60 * MINUTE
    assert f"First reply was due {clock(due)} · promise missed" in page(ana, ticket)


def test_it_tells_whom_a_ladder_told_and_that_it_stopped(
    here: Cast, ana: Client, opened: datetime
) -> None:
    ticket = ask(here.dana, critical=True, at=opened)
    wake_due(at=opened + 8 * MINUTE)
    actions.take(ticket, agent=here.chidi, at=opened + 9 * MINUTE)
    shown = page(ana, ticket)
    assert "Offered to Ana Silva, Ben Adler and Chidi Okafor" in shown
    told = "told Ana Silva, Ben Adler, Chidi Okafor and Lena Brandt"
    assert f"Unclaimed at 25 % of the promise: {told}" in shown
    assert "Claimed by Chidi Okafor; nobody else is told" in shown


def test_it_tells_that_a_ladder_runs_again_and_when(
    here: Cast, ana: Client, opened: datetime
) -> None:
    ticket = ask(here.dana, critical=True, at=opened)
    actions.take(ticket, agent=here.chidi, at=opened + MINUTE)
    actions.assign(ticket, to=None, agent=here.chidi, at=opened + 10 * MINUTE)
    following = clock(opened + 15 * MINUTE, opened + 10 * MINUTE)
    shown = page(ana, ticket)
    assert f"Unclaimed again; the next people are told at {following}" in shown


def test_d_07_it_tells_of_a_moved_due_time_with_both_times(
    here: Cast, ana: Client, opened: datetime
) -> None:
    ticket = ask(here.dana, critical=True, at=opened)
    claim = actions.change_claim(
        ticket,
        agent=here.ana,
        reason="few",
        reason_says="One person is affected",
        words="One report is affected.",
        at=opened + MINUTE,
    )
    assert claim.notice
    actions.mark_delivered(claim.notice, at=opened + 2 * MINUTE)
    shown = page(ana, ticket)
    changed = opened + 2 * MINUTE
    before, after = (clock(opened + count * MINUTE, changed) for count in (30, 60))
    assert "Decided standard by Ana Silva: One person is affected" in shown
    assert f"Due changed from {before} to {after}: severity changed by Ana Silva" in shown
    assert "Severity business-critical" not in shown


def test_it_says_why_a_reply_was_not_delivered(
    here: Cast, ana: Client, opened: datetime
) -> None:
    ticket = ask(here.dana, at=opened)
    message = actions.answer(
        ticket, agent=here.ana, body="Hello", seen=last_event(ticket), at=opened
    )
    actions.mark_undelivered(message, why="mailbox full", at=opened + MINUTE)
    shown = page(ana, ticket)
    assert "Not delivered: mailbox full" in shown
    says = "This reply did not reach dana@nordwind.example: mailbox full."
    assert f"{says} The promise is not kept yet." in shown
    assert "Send to another address" in shown
    assert ("Call instead" in shown) == bool(here.dana.phone)


def test_it_offers_nothing_more_once_another_reply_has_gone_out(
    here: Cast, ana: Client, opened: datetime
) -> None:
    ticket = ask(here.dana, at=opened)
    first = actions.answer(
        ticket, agent=here.ana, body="Hello", seen=last_event(ticket), at=opened
    )
    actions.mark_undelivered(first, why="full", to="old@nordwind.example", at=opened)
    assert "did not reach old@nordwind.example: full." in page(ana, ticket)
    again = actions.answer(
        ticket, agent=here.ana, body="Again", seen=last_event(ticket), at=opened + MINUTE
    )
    actions.mark_delivered(again, at=opened + 2 * MINUTE)
    shown = page(ana, ticket)
    assert "Not delivered: full" in shown
    assert "did not reach" not in shown


def test_it_folds_quotations_and_marks_who_is_not_verified(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana)
    actions.add_message(
        ticket,
        sender=Sender(name="Mallory", email="mallory@else.example"),
        body="Send me the file <b>now</b>",
        folded="> On Monday Dana wrote",
        verified=False,
        at=timezone.now(),
    )
    shown = page(ana, ticket)
    assert "Unverified sender: this ticket does not know Mallory" in shown
    assert "<summary>Show quoted text</summary>&gt; On Monday Dana wrote" in shown
    assert "Send me the file &lt;b&gt;now&lt;/b&gt;" in shown


def test_it_shows_fifty_entries_and_the_earlier_ones_on_request(
    here: Cast, ana: Client
) -> None:
    ticket = ask(here.dana, body="The very first words")
    for number in range(60):
        actions.add_note(ticket, agent=here.ben, body=f"Note {number}", at=timezone.now())
    shown = page(ana, ticket)
    assert shown.count("<article") == 50
    assert 'entry-body" dir="auto">The very first words' not in shown
    link = shown.split('href="')
    earlier = next(part.split('"')[0] for part in link if "/earlier/" in part.split('"')[0])
    part = ana.get(earlier, headers={"HX-Request": "true"}).content.decode()
    assert 'entry-body" dir="auto">The very first words' in part
    assert "Show earlier" not in part


@pytest.mark.parametrize(
    ("who", "covered", "sentence"),
    [
        (
            "dana",
            "Covered: yes, until",
            "This ticket: guaranteed, because Dana is a Super Admin on Premium",
        ),
        (
            "sam",
            "Covered: yes, until",
            "This ticket: aim, no guarantee: sent by Sam Ortiz, who is not a Super Admin",
        ),
        (
            "mara",
            "Not covered: ended",
            "This ticket: no guarantee: the contract of Kestrel Robotics ended",
        ),
        (
            "tom",
            "Not covered: no contract",
            "This ticket: no guarantee: Meridian Foods has no contract",
        ),
    ],
)
def test_it_says_who_is_covered_and_why(
    here: Cast, ana: Client, who: str, covered: str, sentence: str
) -> None:
    shown = page(ana, ask(getattr(here, who)))
    assert covered in shown
    assert sentence in shown


def test_it_says_that_a_contract_is_suspended(here: Cast, ana: Client) -> None:
    suspend(here.contract)
    assert "Not covered: suspended" in page(ana, ask(here.dana))


def test_a_stranger_is_let_in_as_somebody_of_the_same_domain(here: Cast, ana: Client) -> None:
    ticket = stranger_asks("new.person@nordwind.example")
    assert "We do not know new.person@nordwind.example" in page(ana, ticket)
    ana.post(f"/desk/tickets/{ticket.pk}/admit/", {"contact": here.sam.pk})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.requester) == ("open", here.sam)
    assert "Let in as Sam Ortiz by Ana Silva" in page(ana, ticket)


def test_a_stranger_is_not_let_in_as_somebody_else(here: Cast, ana: Client) -> None:
    ticket = stranger_asks("new.person@nordwind.example")
    answer = ana.post(f"/desk/tickets/{ticket.pk}/admit/", {"contact": here.olive.pk})
    assert answer.status_code == 422
    ticket.refresh_from_db()
    assert ticket.state == "review"


def test_d_05_it_explains_the_due_time_and_gives_it_to_copy(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana)
    why = ana.get(f"/desk/tickets/{ticket.pk}/why/").content.decode()
    assert f"Why is #{ticket.pk} due" in why
    assert "Copy explanation" in why
    assert "Dana Wolf sees the same steps." in why


@pytest.mark.parametrize("critical", [False, True])
def test_it_costs_the_same_however_long_the_conversation_is(
    here: Cast,
    ana: Client,
    critical: bool,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    ticket = ask(here.dana, critical=critical)
    wake_due(at=timezone.now())
    for number in range(80):
        actions.add_note(ticket, agent=here.ben, body=f"Note {number}", at=timezone.now())
    page(ana, ticket)
    with django_assert_max_num_queries(QUERIES):
        page(ana, ticket)
