"""What agents promise by their own word: an update by an instant, and the summary of a call."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from answerable.cast import Cast
from answerable.entitlements.core.calls import Calls
from answerable.sla.actions import (
    CannotPromise,
    call_off_update,
    leave_unpromised,
    promise_update,
    wake_due,
)
from answerable.sla.audit import audit
from answerable.sla.models import Clock
from answerable.sla.proposing import proposed_update
from answerable.sla.queries import due_if_standard
from answerable.sla.tests.clocks import (
    LATEST,
    changed,
    clock_of,
    clocks_of,
    last_clock,
    lines,
    replied,
)
from answerable.sla.tests.plans import row, sold
from answerable.sla.why import Reader, why_all
from answerable.tickets.actions import (
    Attempt,
    Result,
    answer,
    confirm_claim,
    mark_delivered,
    mark_undelivered,
    merge,
    record_call_attempt,
    resolve,
)
from answerable.tickets.actions.undoing import begin_undo, take_back_act, undoable
from answerable.tickets.models import CRITICAL, STANDARD, Ticket
from answerable.tickets.promised import summary_by
from answerable.tickets.tests.openings import opened, opened_critical

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
UPDATE = "promised_update"


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    """A critical ticket whose first reply is due in half an hour."""
    return opened_critical(cast.dana, at)


def promised(ticket: Ticket) -> list[tuple[str, datetime]]:
    return clocks_of(ticket, UPDATE)


def talked(ticket: Ticket, cast: Cast, *, at: datetime, seconds: int = 660) -> None:
    attempt = Attempt(
        result=Result.CONNECTED, dialed_at=at, connected_at=at, seconds=seconds, summary="Told."
    )
    record_call_attempt(ticket, attempt, agent=cast.ana, at=at + seconds * SECOND)


def test_it_is_a_clock_that_the_next_message_keeps(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    due = at + 40 * MINUTE
    promise_update(ticket, due, agent=cast.ana, at=at + MINUTE)
    clock = last_clock(ticket, UPDATE)
    assert (clock.due_at, clock.kind, clock.allowance) == (due, "promised", 39 * MINUTE)
    said = ticket.events.get(verb="clock_started", data__metric=UPDATE)
    assert (said.agent, said.data["due_at"]) == (cast.ana, due.isoformat())
    replied(ticket, cast.ben, at=at + 20 * MINUTE)
    assert promised(ticket) == [("met", due)]


def test_a_miss_is_stamped_at_the_due_instant_and_breaks_no_guarantee(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    due = at + 10 * MINUTE
    promise_update(ticket, due, agent=cast.ana, at=at)
    wake_due(at=due + 3 * MINUTE)
    clock = last_clock(ticket, UPDATE)
    assert (clock.outcome, clock.missed_at) == ("missed", due)
    assert not Clock.objects.filter(kind="guarantee", outcome="missed").exists()
    replied(ticket, cast.ana, at=due + 5 * MINUTE)
    clock.refresh_from_db()
    assert clock.answered_at == due + 5 * MINUTE


def test_what_was_sent_before_it_was_promised_keeps_nothing(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    reply = answer(ticket, agent=cast.ana, body="We look.", seen=LATEST, at=at)
    promise_update(ticket, at + HOUR, agent=cast.ana, at=at + SECOND)
    mark_delivered(reply, at=at + MINUTE)
    assert promised(ticket) == [("running", at + HOUR)]


def test_a_reason_told_with_a_change_is_no_update(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    notice = changed(ticket, cast.ana, at=at)
    promise_update(ticket, at + HOUR, agent=cast.ana, at=at)
    mark_delivered(notice, at=at + MINUTE)
    assert promised(ticket) == [("running", at + HOUR)]
    ticket.refresh_from_db()
    assert ticket.severity == STANDARD


def test_another_time_moves_it_and_leaves_a_mark(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    promise_update(ticket, at + HOUR, agent=cast.ana, at=at)
    promise_update(ticket, at + 2 * HOUR, agent=cast.ben, at=at + MINUTE)
    promise_update(ticket, at + 2 * HOUR, agent=cast.ben, at=at + 2 * MINUTE)
    assert promised(ticket) == [("running", at + 2 * HOUR)]
    assert lines(last_clock(ticket, UPDATE)) == ["start", "retarget"]
    said = ticket.events.get(verb="clock_retargeted")
    assert (said.agent, said.data["before"]) == (cast.ben, (at + HOUR).isoformat())
    assert [one.says for one in audit() if one.says] == []


def test_it_stands_beside_the_updates_of_the_plan(cast: Cast, at: datetime) -> None:
    sold(cast, at, row("status_update", HOUR, every=True))
    ticket = opened(cast.dana, at)
    promise_update(ticket, at + 30 * MINUTE, agent=cast.ana, at=at)
    replied(ticket, cast.ana, at=at + 20 * MINUTE)
    assert promised(ticket) == [("met", at + 30 * MINUTE)]
    assert clocks_of(ticket, "status_update") == [
        ("met", at + HOUR),
        ("running", at + 20 * MINUTE + HOUR),
    ]


def test_no_severity_and_no_plan_moves_it(cast: Cast, ticket: Ticket, at: datetime) -> None:
    promise_update(ticket, at + 25 * MINUTE, agent=cast.ana, at=at)
    mark_delivered(changed(ticket, cast.ana, at=at), at=at)
    assert clock_of(ticket).due_at == at + HOUR
    assert promised(ticket) == [("running", at + 25 * MINUTE)]


def test_a_reply_that_came_back_was_no_update(cast: Cast, ticket: Ticket, at: datetime) -> None:
    promise_update(ticket, at + HOUR, agent=cast.ana, at=at)
    reply = replied(ticket, cast.ana, at=at + MINUTE)
    mark_undelivered(reply, why="mailbox full", at=at + 2 * MINUTE)
    assert promised(ticket) == [("running", at + HOUR)]


def test_it_ends_with_the_ticket(cast: Cast, ticket: Ticket, at: datetime) -> None:
    promise_update(ticket, at + HOUR, agent=cast.ana, at=at)
    resolve(ticket, agent=cast.ana, contact=None, reason="Fixed", at=at + MINUTE)
    assert promised(ticket) == [("void", at + HOUR)]
    with pytest.raises(CannotPromise):
        promise_update(ticket, at + HOUR, agent=cast.ana, at=at + 2 * MINUTE)


def test_of_two_that_are_merged_the_earlier_holds(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    other = opened(cast.dana, at)
    promise_update(ticket, at + HOUR, agent=cast.ana, at=at)
    promise_update(other, at + 30 * MINUTE, agent=cast.ana, at=at)
    merge(ticket, other, agent=cast.ana, at=at + MINUTE)
    assert promised(ticket) == [("running", at + 30 * MINUTE)]
    assert promised(other) == [("superseded", at + 30 * MINUTE)]
    assert [one.says for one in audit() if one.says] == []


@pytest.mark.parametrize("ahead", [timedelta(0), -MINUTE, timedelta(days=31)])
def test_what_does_not_lie_ahead_is_not_promised(
    cast: Cast, ticket: Ticket, at: datetime, ahead: timedelta
) -> None:
    with pytest.raises(CannotPromise):
        promise_update(ticket, at + ahead, agent=cast.ana, at=at)
    assert promised(ticket) == []


def test_it_is_taken_back_for_a_minute(cast: Cast, ticket: Ticket, at: datetime) -> None:
    for due, now in ((at + HOUR, at), (at + 2 * HOUR, at + MINUTE)):
        undo = begin_undo(agent=cast.ana, did="Promised.", at=now)
        with undoable(undo, ticket, "update"):
            promise_update(ticket, due, agent=cast.ana, at=now)
    assert not take_back_act(cast.ana, at=at + MINUTE + SECOND).kept
    assert promised(ticket) == [("running", at + HOUR)]
    call_off_update(ticket, agent=cast.ana, at=at + 2 * MINUTE)
    assert promised(ticket) == [("void", at + HOUR)]


def test_to_promise_none_is_in_the_log(cast: Cast, ticket: Ticket, at: datetime) -> None:
    leave_unpromised(ticket, agent=cast.ana, at=at)
    assert ticket.events.get(verb="update_unpromised").agent == cast.ana
    assert promised(ticket) == []


def test_it_is_proposed_as_soon_as_a_first_reply_is_promised(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    confirm_claim(ticket, agent=cast.ana, at=at)
    assert proposed_update(ticket, CRITICAL, at + MINUTE) == at + 30 * MINUTE
    assert proposed_update(ticket, STANDARD, at) == at + HOUR
    assert due_if_standard(clock_of(ticket), at) == at + HOUR


def test_it_is_proposed_as_soon_as_the_plan_promises_updates(cast: Cast, at: datetime) -> None:
    sold(cast, at, row("status_update", 2 * HOUR, every=True))
    assert proposed_update(opened(cast.dana, at), STANDARD, at) == at + 2 * HOUR


def test_a_stranger_of_no_plan_is_promised_nothing(cast: Cast, at: datetime) -> None:
    ticket = opened(None, at)
    with pytest.raises(CannotPromise):
        promise_update(ticket, at + HOUR, agent=cast.ana, at=at)


def test_why_says_whose_word_it_is(cast: Cast, ticket: Ticket, at: datetime) -> None:
    promise_update(ticket, at + 40 * MINUTE, agent=cast.ana, at=at + MINUTE)
    reader = Reader(ZoneInfo(cast.dana.zone), at + 2 * MINUTE, is_agent=False)
    why = next(one for one in why_all(ticket, reader) if one.metric == UPDATE)
    assert why.steps[0].text == "Ana Silva promised the next update by then."
    assert why.steps[-1].sum == "39 min"
    assert why.near == why.facts == ()


def test_a_call_promises_its_summary_where_the_plan_says_so(cast: Cast, at: datetime) -> None:
    sold(cast, at, calls=Calls(summary_within=HOUR))
    ticket = opened(cast.dana, at)
    talked(ticket, cast, at=at, seconds=660)
    due = at + 70 * MINUTE  # An hour after its end, to the five minutes before that.
    assert promised(ticket) == [("running", due)]
    assert summary_by(ticket) == due
    talked(ticket, cast, at=at + 20 * MINUTE)
    assert promised(ticket) == [("running", due)]
    replied(ticket, cast.ana, at=at + 30 * MINUTE)
    assert promised(ticket) == [("met", due)]
    assert summary_by(ticket) is None


def test_without_a_term_no_summary_is_promised(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    talked(ticket, cast, at=at)
    assert promised(ticket) == []


def test_a_call_keeps_an_update_and_no_summary(cast: Cast, at: datetime) -> None:
    sold(cast, at, calls=Calls(summary_within=HOUR))
    ticket = opened(cast.dana, at)
    promise_update(ticket, at + HOUR, agent=cast.ana, at=at)
    talked(ticket, cast, at=at + MINUTE, seconds=60)
    assert promised(ticket) == [("met", at + HOUR), ("running", at + HOUR)]
