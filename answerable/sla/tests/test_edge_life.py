"""The cases of domain.md (d) on tickets that reopen, split and merge, E59 to E62."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.sla.actions import wake_due
from answerable.sla.models import Clock
from answerable.sla.tests.clocks import (
    clock_of,
    clocks_of,
    folded,
    last_clock,
    lines,
    replied,
    stored,
    wrote,
)
from answerable.sla.tests.plans import DAY, row, sold
from answerable.tickets.actions import (
    CannotMerge,
    CannotSplit,
    OtherCustomer,
    merge,
    resolve,
    split,
    unmerge,
)
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import mailed, opened, opened_critical, verbs

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
ROWS = (row("next_response", 2 * HOUR),)


@pytest.fixture
def solved(cast: Cast, at: datetime) -> Ticket:
    """A ticket that was answered and is resolved."""
    sold(cast, at, *ROWS, reopen_window=7 * DAY)
    ticket = opened(cast.dana, at)
    replied(ticket, cast.ana, at=at + 10 * MINUTE)
    return resolve(ticket, agent=cast.ana, contact=None, reason="", at=at + HOUR)


def test_e59_an_answer_within_the_window_opens_it_again_with_a_turn(
    cast: Cast, solved: Ticket, at: datetime
) -> None:
    message = wrote(solved, cast.dana, at=at + 6 * DAY)
    solved.refresh_from_db()
    assert (message.ticket, solved.state) == (solved, "open")
    assert clocks_of(solved, "next_response") == [("running", at + 6 * DAY + 2 * HOUR)]


def test_e59_after_the_window_it_is_a_new_ticket_with_a_first_reply(
    cast: Cast, solved: Ticket, at: datetime
) -> None:
    message = wrote(solved, cast.dana, at=at + 8 * DAY)
    new = message.ticket
    assert (new.follows, new.subject, new.requester) == (solved, solved.subject, cast.dana)
    assert clock_of(new).started_at == at + 8 * DAY
    assert verbs(solved)[-1] == "continued"
    solved.refresh_from_db()
    assert solved.state == "resolved"


def test_e59_the_window_is_a_fortnight_where_no_plan_says_otherwise(
    cast: Cast, at: datetime
) -> None:
    ticket = resolve(opened(None, at), agent=cast.ana, contact=None, reason="Spam", at=at)
    assert ticket.reopens_until == at + 14 * DAY


def test_e60_another_problem_becomes_a_ticket_whose_clock_starts_when_it_was_written(
    cast: Cast, at: datetime
) -> None:
    sold(cast, at, *ROWS)
    ticket = opened(cast.dana, at)
    replied(ticket, cast.ana, at=at)
    message = wrote(ticket, cast.dana, at=at + HOUR, body="And imports fail too.")
    new = split(message, agent=cast.ana, subject="Imports fail", at=at + 90 * MINUTE)
    assert (new.follows, new.subject) == (ticket, "Imports fail")
    assert (clock_of(new).started_at, clock_of(new).due_at) == (at + HOUR, at + 2 * HOUR)
    assert last_clock(ticket, "next_response").outcome == "void"
    assert verbs(ticket)[-2:] == ["split", "clock_ended"]


def test_e60_what_else_the_customer_wrote_is_still_a_turn(cast: Cast, at: datetime) -> None:
    sold(cast, at, *ROWS)
    ticket = opened(cast.dana, at)
    replied(ticket, cast.ana, at=at)
    message = wrote(ticket, cast.dana, at=at + HOUR, body="And imports fail too.")
    wrote(ticket, cast.dana, at=at + 2 * HOUR, body="Exports still fail.")
    split(message, agent=cast.ana, subject="", at=at + 150 * MINUTE)
    assert clocks_of(ticket, "next_response") == [
        ("void", at + 3 * HOUR),
        ("running", at + 4 * HOUR),
    ]


def test_e60_a_split_that_comes_late_is_missed_when_it_was_due(
    cast: Cast, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    replied(ticket, cast.ana, at=at)
    message = wrote(ticket, cast.dana, at=at + HOUR)
    new = split(message, agent=cast.ana, subject="", at=at + 5 * HOUR)
    wake_due(at=at + 5 * HOUR)
    assert clock_of(new).missed_at == at + 2 * HOUR
    with pytest.raises(CannotSplit):
        split(new.messages.get(), agent=cast.ana, subject="", at=at + 5 * HOUR)


@pytest.fixture
def pair(cast: Cast, at: datetime) -> tuple[Ticket, Ticket]:
    """Dana asked twice: at ten, and ten minutes later."""
    return opened(cast.dana, at), opened(cast.dana, at + 10 * MINUTE)


def test_e61_the_newer_goes_into_the_older_whose_promise_is_the_stricter(
    cast: Cast, pair: tuple[Ticket, Ticket], at: datetime
) -> None:
    older, newer = pair
    done = merge(older, newer, agent=cast.ben, at=at + 20 * MINUTE)
    assert (done.kept, done.merged) == (older, newer)
    assert (clock_of(older).due_at, lines(clock_of(older))) == (at + HOUR, ["start"])
    assert (clock_of(newer).outcome, lines(clock_of(newer))) == (
        "superseded",
        ["start", "supersede"],
    )
    wake_due(at=at + 2 * HOUR)
    assert clock_of(newer).missed_at is None


def test_e61_the_stricter_promise_of_the_newer_survives(cast: Cast, at: datetime) -> None:
    older, newer = opened(cast.dana, at), opened_critical(cast.dana, at + 10 * MINUTE)
    merge(older, newer, agent=cast.ben, at=at + 15 * MINUTE)
    clock = clock_of(older)
    assert (clock.due_at, clock.target) == (at + 40 * MINUTE, "critical")
    assert (clock.started_at, clock.counts_from) == (at, at + 10 * MINUTE)
    assert stored(clock) == folded(clock)
    assert older.events.get(verb="clock_retargeted").data["before"] == (at + HOUR).isoformat()


def test_e61_a_guarantee_survives_an_aim(cast: Cast, at: datetime) -> None:
    older, newer = mailed(cast.dana, at), opened(cast.dana, at + HOUR)
    merge(older, newer, agent=cast.ben, at=at + HOUR)
    assert (clock_of(older).kind, clock_of(older).due_at) == ("guarantee", at + 2 * HOUR)


def test_e61_what_is_missed_stays_missed(
    cast: Cast, pair: tuple[Ticket, Ticket], at: datetime
) -> None:
    older, newer = pair
    wake_due(at=at + HOUR)
    merge(older, newer, agent=cast.ben, at=at + 65 * MINUTE)
    assert (clock_of(older).outcome, clock_of(newer).outcome) == ("missed", "superseded")
    older, newer = opened(cast.dana, at + DAY), opened_critical(cast.dana, at + DAY)
    wake_due(at=at + DAY + 30 * MINUTE)
    merge(older, newer, agent=cast.ben, at=at + DAY + 31 * MINUTE)
    assert (clock_of(older).outcome, clock_of(newer).outcome) == ("running", "missed")


def test_e61_a_promise_that_only_the_newer_has_is_kept_by_a_reply_on_the_older(
    cast: Cast, pair: tuple[Ticket, Ticket], at: datetime
) -> None:
    older, newer = pair
    replied(older, cast.ana, at=at + 5 * MINUTE)
    merge(older, newer, agent=cast.ben, at=at + 20 * MINUTE)
    assert clock_of(newer).outcome == "running"
    assert older.queue_entry.due_at == at + 70 * MINUTE
    replied(older, cast.ana, at=at + 30 * MINUTE)
    assert (clock_of(newer).outcome, clock_of(newer).met_at) == ("met", at + 30 * MINUTE)


def test_e61_what_is_said_on_the_merged_ticket_is_said_on_the_other(
    cast: Cast, pair: tuple[Ticket, Ticket], at: datetime
) -> None:
    older, newer = pair
    merge(older, newer, agent=cast.ben, at=at + 20 * MINUTE)
    assert wrote(newer, cast.dana, at=at + 30 * MINUTE).ticket == older


def test_e62_only_tickets_of_one_customer_are_merged_and_only_once(
    cast: Cast, pair: tuple[Ticket, Ticket], at: datetime
) -> None:
    older, newer = pair
    for stranger in (opened(cast.olive, at), opened(None, at)):
        with pytest.raises(OtherCustomer):
            merge(older, stranger, agent=cast.ben, at=at)
    merge(older, newer, agent=cast.ben, at=at)
    for one, other in ((older, newer), (older, older)):
        with pytest.raises(CannotMerge):
            merge(one, other, agent=cast.ben, at=at)


def test_e62_a_merge_is_undone_and_each_has_its_promise_again(cast: Cast, at: datetime) -> None:
    older, newer = opened(cast.dana, at), opened_critical(cast.dana, at + 10 * MINUTE)
    done = merge(older, newer, agent=cast.ben, at=at + 15 * MINUTE)
    unmerge(done, agent=cast.ben, at=at + 20 * MINUTE)
    newer.refresh_from_db()
    assert (newer.state, newer.merged_into) == ("open", None)
    assert (clock_of(older).due_at, clock_of(older).target) == (at + HOUR, "standard")
    assert (clock_of(newer).outcome, clock_of(newer).due_at) == ("running", at + 40 * MINUTE)
    for clock in Clock.objects.all():
        assert stored(clock) == folded(clock)
    with pytest.raises(CannotMerge):
        unmerge(done, agent=cast.ben, at=at + 20 * MINUTE)


def test_e62_a_reply_that_arrived_meanwhile_answered_both(
    cast: Cast, pair: tuple[Ticket, Ticket], at: datetime
) -> None:
    older, newer = pair
    done = merge(older, newer, agent=cast.ben, at=at + 20 * MINUTE)
    replied(older, cast.ana, at=at + 30 * MINUTE)
    unmerge(done, agent=cast.ben, at=at + 40 * MINUTE)
    assert [clock_of(ticket).met_at for ticket in pair] == [at + 30 * MINUTE] * 2
