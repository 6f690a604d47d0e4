"""The cases of domain.md (d) on calls, chats, paging and appeals: E72 to E96."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.routing.models import Notice
from answerable.sla.actions import wake_due
from answerable.sla.models import Clock
from answerable.sla.tests.clocks import (
    clock_of,
    clocks_of,
    last_clock,
    lines,
    replied,
)
from answerable.sla.tests.plans import row, sold
from answerable.tickets.actions import (
    Attempt,
    Result,
    answer,
    ask_for_another_look,
    ask_for_call,
    ask_for_chat,
    give_workaround,
    leave_chat,
    mark_delivered,
    pick_up_chat,
    record_call_attempt,
    resolve,
)
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, opened_critical

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
ROWS = (
    row("callback_start", 5 * MINUTE, kind="aim", requester="user"),
    row("chat_pickup", 2 * MINUTE),
    row("escalation_response", 4 * HOUR),
    row("workaround", 6 * HOUR),
)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    sold(cast, at, *ROWS)
    return opened(cast.dana, at)


def attempt(result: Result, at: datetime) -> Attempt:
    return Attempt(result=result, dialed_at=at)


def test_e72_five_minutes_for_a_call_are_an_aim_and_no_broken_promise(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    ask_for_call(ticket, contact=cast.dana, at=at + MINUTE)
    wake_due(at=at + 7 * MINUTE)
    assert clocks_of(ticket, "callback_start") == [("missed", at + 6 * MINUTE)]
    assert not Notice.objects.filter(event__verb="clock_missed").exists()


@pytest.mark.parametrize("result", [Result.NO_ANSWER, Result.BUSY, Result.VOICEMAIL])
def test_e73_an_attempt_in_time_keeps_what_was_said_of_the_call(
    cast: Cast, ticket: Ticket, at: datetime, result: Result
) -> None:
    ask_for_call(ticket, contact=cast.dana, at=at)
    record_call_attempt(ticket, attempt(result, at + 4 * MINUTE), agent=cast.ana, at=at + HOUR)
    assert last_clock(ticket, "callback_start").met_at == at + 4 * MINUTE
    event = ticket.events.get(verb="call_attempted")
    assert (event.data["result"], clock_of(ticket).outcome) == (result.value, "running")


def test_e74_a_call_that_nobody_took_is_no_attempt(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    """Ours: an offer that is not taken is no line of the log, so nothing stops the clock."""
    ask_for_call(ticket, contact=cast.dana, at=at)
    assert last_clock(ticket, "callback_start").outcome == "running"


def test_e75_who_asks_again_keeps_their_place(cast: Cast, ticket: Ticket, at: datetime) -> None:
    ask_for_call(ticket, contact=cast.dana, at=at)
    ask_for_call(ticket, contact=cast.dana, at=at + 3 * MINUTE)
    assert clocks_of(ticket, "callback_start") == [("running", at + 5 * MINUTE)]
    record_call_attempt(ticket, attempt(Result.BUSY, at + MINUTE), agent=cast.ana, at=at)
    ask_for_call(ticket, contact=cast.dana, at=at + HOUR)
    assert len(clocks_of(ticket, "callback_start")) == 2


def test_e77_a_request_in_writing_keeps_its_guarantee_beside_the_call(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    ask_for_call(ticket, contact=cast.dana, at=at)
    assert (clock_of(ticket).kind, clock_of(ticket).due_at) == ("guarantee", at + HOUR)


def test_e79_what_is_asked_on_the_phone_is_guaranteed_from_when_the_form_was_filled_in(
    cast: Cast, at: datetime
) -> None:
    ticket = opened_critical(cast.dana, at + 3 * MINUTE)
    assert clock_of(ticket).due_at == at + 33 * MINUTE


def test_e80_a_chat_that_nobody_picks_up_is_late(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    ask_for_chat(ticket, contact=cast.dana, at=at)
    wake_due(at=at + 2 * MINUTE)
    assert clocks_of(ticket, "chat_pickup") == [("missed", at + 2 * MINUTE)]
    pick_up_chat(ticket, agent=cast.ana, at=at + 3 * MINUTE)
    assert last_clock(ticket, "chat_pickup").answered_at == at + 3 * MINUTE


def test_e81_who_leaves_the_chat_was_not_missed_by_us(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    ask_for_chat(ticket, contact=cast.dana, at=at)
    leave_chat(ticket, contact=cast.dana, at=at + MINUTE)
    clock = last_clock(ticket, "chat_pickup")
    assert (clock.outcome, clock.entries.get(verb="void").reason) == ("void", "chat_left")
    assert wake_due(at=at + 3 * MINUTE) == 0


def test_e82_time_with_a_machine_is_time_waited(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    ask_for_chat(ticket, contact=cast.dana, at=at)
    pick_up_chat(ticket, agent=cast.ana, at=at + 90 * timedelta(seconds=1))
    assert last_clock(ticket, "chat_pickup").started_at == at
    assert last_clock(ticket, "chat_pickup").outcome == "met"


def test_e84_a_customer_who_is_idle_misses_nothing_of_ours(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    ask_for_chat(ticket, contact=cast.dana, at=at)
    pick_up_chat(ticket, agent=cast.ana, at=at + MINUTE)
    leave_chat(ticket, contact=cast.dana, at=at + HOUR)
    assert lines(last_clock(ticket, "chat_pickup")) == ["start", "meet"]


def test_e85_a_page_that_nobody_answers_climbs(cast: Cast, at: datetime) -> None:
    ticket = opened_critical(cast.dana, at)
    for minutes in (0, 8, 16):
        wake_due(at=at + minutes * MINUTE)
    climbed = ticket.events.filter(verb="escalated").order_by("pk")
    assert [event.data["percent"] for event in climbed] == [0, 25, 50]


def test_e95_a_wrong_instant_is_put_right_by_a_further_line(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = answer(ticket, agent=cast.ana, body="Use it.", seen=2**62, at=at)
    wake_due(at=at + HOUR)
    mark_delivered(message, at=at + MINUTE)
    assert lines(clock_of(ticket)) == ["start", "miss", "correct"]


def test_e96_an_appeal_has_a_clock_that_a_leads_reply_stops(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    why = "Two weeks, and no progress."
    ask_for_another_look(ticket, contact=cast.dana, reason=why, at=at)
    assert clocks_of(ticket, "escalation_response") == [("running", at + 4 * HOUR)]
    replied(ticket, cast.ana, at=at + HOUR)
    assert last_clock(ticket, "escalation_response").outcome == "running"
    replied(ticket, cast.lena, at=at + 2 * HOUR)
    assert last_clock(ticket, "escalation_response").met_at == at + 2 * HOUR
    assert ticket.events.get(verb="another_look_asked").data["reason"] == why


def test_a_workaround_counts_from_when_its_reply_arrived(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = replied(ticket, cast.ana, at=at + HOUR)
    give_workaround(message, agent=cast.ana, at=at + 3 * HOUR)
    assert last_clock(ticket, "workaround").met_at == at + HOUR


def test_a_workaround_on_its_way_counts_when_it_arrives_and_a_solution_is_one(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    other = opened(cast.dana, at)
    message = answer(ticket, agent=cast.ana, body="Use it.", seen=2**62, at=at)
    give_workaround(message, agent=cast.ana, at=at)
    assert last_clock(ticket, "workaround").outcome == "running"
    mark_delivered(message, at=at + MINUTE)
    assert last_clock(ticket, "workaround").met_at == at + MINUTE
    resolve(other, agent=cast.ana, contact=None, reason="Fixed", at=at + HOUR)
    assert Clock.objects.get(ticket=other, metric="workaround").met_at == at + HOUR
