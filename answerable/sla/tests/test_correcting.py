"""What a ticket is about is corrected: what it is promised is decided anew."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.entitlements.core.plan import Kind
from answerable.sla.actions import correct_facts, reclassify, wake_due
from answerable.sla.audit import audit
from answerable.sla.judging import pinned_by
from answerable.sla.models import Clock, Decision
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
from answerable.sla.tests.plans import row, shipped, sold
from answerable.tickets.actions import About, Said, endorse, mark_delivered
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, verbs

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
PRODUCTION = row("first_response", HOUR, key="production", environments=("production",))
REST = row("first_response", 8 * HOUR, key="rest")
NEXT = (
    row("next_response", HOUR, key="next_production", environments=("production",)),
    row("next_response", 4 * HOUR, key="next_rest"),
)
RESOLUTION = row("resolution", 10 * HOUR, environments=("production",))


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    """A ticket about staging, under a plan that promises more for production."""
    sold(cast, at, PRODUCTION, REST, *NEXT, RESOLUTION)
    return opened(cast.dana, at, environment="staging")


def corrected(
    ticket: Ticket, cast: Cast, at: datetime, environment: str = "production", product: str = ""
) -> None:
    about = About(product, environment)
    correct_facts(ticket, about, reason="Dana told us.", agent=cast.ana, at=at)
    ticket.refresh_from_db()


def test_it_counts_from_the_beginning_as_if_it_had_been_said_then(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    assert clock_of(ticket).due_at == at + 8 * HOUR
    corrected(ticket, cast, at + 10 * MINUTE)
    clock = clock_of(ticket)
    assert (clock.target, clock.due_at, clock.allowance) == ("production", at + HOUR, HOUR)
    entry = clock.entries.get(verb="retarget")
    assert (entry.agent, entry.reason, entry.at) == (cast.ana, "corrected", at + 10 * MINUTE)
    assert clocks_of(ticket, "resolution") == [("running", at + 10 * HOUR)]
    assert stored(clock) == folded(clock)


def test_it_says_so_in_the_log(cast: Cast, ticket: Ticket, at: datetime) -> None:
    corrected(ticket, cast, at + 10 * MINUTE)
    assert verbs(ticket)[-3:] == ["facts_corrected", "clock_retargeted", "clock_started"]
    data = ticket.events.get(verb="facts_corrected").data
    assert data["from"] == {"product": "", "environment": "staging"}
    assert data["to"] == {"product": "", "environment": "production"}
    assert data["reason"] == "Dana told us."


def test_what_would_have_passed_counts_from_the_correction(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    corrected(ticket, cast, at + 2 * HOUR)
    clock = clock_of(ticket)
    assert (clock.due_at, clock.counts_from) == (at + 3 * HOUR, at + 2 * HOUR)


def test_what_binds_as_much_and_is_due_earlier_stays(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    corrected(ticket, cast, at + 7 * HOUR + 30 * MINUTE)
    assert (clock_of(ticket).target, clock_of(ticket).due_at) == ("rest", at + 8 * HOUR)


def test_a_better_kind_of_promise_holds_even_where_it_is_due_later(
    cast: Cast, at: datetime
) -> None:
    sold(cast, at, PRODUCTION, row("first_response", 8 * HOUR, key="rest", kind=Kind.AIM))
    ticket = opened(cast.dana, at, environment="staging")
    corrected(ticket, cast, at + 7 * HOUR + 30 * MINUTE)
    clock = clock_of(ticket)
    assert (clock.kind, clock.due_at) == ("guarantee", at + 8 * HOUR + 30 * MINUTE)


def test_what_is_promised_less_is_due_later_and_the_rest_ends(cast: Cast, at: datetime) -> None:
    sold(cast, at, PRODUCTION, REST, RESOLUTION)
    ticket = opened(cast.dana, at, environment="production")
    corrected(ticket, cast, at + 10 * MINUTE, "staging")
    assert clock_of(ticket).due_at == at + 8 * HOUR
    ended = last_clock(ticket, "resolution")
    assert (ended.outcome, ended.entries.get(verb="void").reason) == ("void", "corrected")


def test_what_one_correction_ended_another_begins_again(cast: Cast, at: datetime) -> None:
    sold(cast, at, PRODUCTION)
    ticket = opened(cast.dana, at, environment="production")
    corrected(ticket, cast, at + 10 * MINUTE, "staging")
    assert clocks_of(ticket, "first_response") == [("void", at + HOUR)]
    corrected(ticket, cast, at + 20 * MINUTE, "production")
    assert clocks_of(ticket, "first_response")[1:] == [("running", at + HOUR)]


def test_a_ticket_that_was_promised_nothing_is_promised_what_it_is_about(
    cast: Cast, at: datetime
) -> None:
    sold(cast, at, PRODUCTION)
    ticket = opened(cast.dana, at, environment="staging")
    assert not Clock.objects.filter(ticket=ticket).exists()
    corrected(ticket, cast, at + 10 * MINUTE)
    assert clock_of(ticket).due_at == at + HOUR


def test_what_was_missed_stays_missed(cast: Cast, at: datetime) -> None:
    sold(cast, at, PRODUCTION, REST)
    ticket = opened(cast.dana, at, environment="production")
    wake_due(at=at + HOUR)
    corrected(ticket, cast, at + 2 * HOUR, "staging")
    assert (clock_of(ticket).outcome, clock_of(ticket).target) == ("missed", "production")


def test_what_was_answered_stays_and_later_turns_are_about_the_corrected(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at + 10 * MINUTE)
    corrected(ticket, cast, at + 20 * MINUTE)
    assert (clock_of(ticket).outcome, clock_of(ticket).target) == ("met", "rest")
    wrote(ticket, cast.dana, at=at + HOUR)
    assert last_clock(ticket, "next_response").due_at == at + 2 * HOUR


def test_a_turn_that_waits_is_judged_by_the_facts_of_its_own_instant(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at + 10 * MINUTE)
    wrote(ticket, cast.dana, at=at + HOUR)
    corrected(ticket, cast, at + HOUR + 10 * MINUTE)
    turn = last_clock(ticket, "next_response")
    assert (turn.target, turn.due_at) == ("next_production", at + 2 * HOUR)
    again = Decision.objects.filter(ticket=ticket, metric="next_response").order_by("pk").last()
    assert again is not None
    assert (again.cause, again.at) == ("correction", at + HOUR)


def test_what_a_colleague_stood_behind_goes_on_from_their_word(
    cast: Cast, at: datetime
) -> None:
    sold(cast, at, PRODUCTION, REST)
    ticket = opened(cast.sam, at, environment="staging")
    endorse(ticket, contact=cast.dana, at=at + HOUR)
    corrected(ticket, cast, at + HOUR + 10 * MINUTE)
    assert (clock_of(ticket).target, clock_of(ticket).due_at) == ("production", at + 2 * HOUR)


def test_e29_another_contract_promises_it_then(cast: Cast, at: datetime) -> None:
    mine = row("first_response", 30 * MINUTE, key="mine", products=("service",))
    sold(cast, at, mine, key="gold")
    sold(cast, at, row("first_response", HOUR, key="other"), key="silver", beside=True)
    ticket = opened(cast.dana, at, product="sales")
    assert clock_of(ticket).plan_version.plan.key == "silver"
    corrected(ticket, cast, at + 10 * MINUTE, "", "service")
    clock = clock_of(ticket)
    assert (clock.plan_version.plan.key, clock.due_at) == ("gold", at + 30 * MINUTE)
    pinned = pinned_by(ticket.pk)
    assert pinned is not None
    assert pinned.version == clock.plan_version


def test_e47_it_caps_the_severity_and_gives_it_back(cast: Cast, at: datetime) -> None:
    shipped(cast, "github-premium", at=at)
    ticket = opened(cast.dana, at, said=Said(severity="urgent"), environment="production")
    corrected(ticket, cast, at + 5 * MINUTE, "staging")
    assert ticket.severity == "normal"
    event = ticket.events.get(verb="facts_corrected")
    assert event.data["severity"] == {"from": "urgent", "to": "normal"}
    corrected(ticket, cast, at + 10 * MINUTE, "production")
    assert ticket.severity == "urgent"


def test_a_severity_that_we_set_stays_where_it_can(cast: Cast, at: datetime) -> None:
    shipped(cast, "github-premium", at=at)
    ticket = opened(cast.dana, at, said=Said(severity="urgent"), environment="production")
    change = reclassify(ticket, "low", by=cast.ana, reason="It is a question.", at=at)
    assert change.notice
    mark_delivered(change.notice, at=at + MINUTE)
    corrected(ticket, cast, at + 5 * MINUTE, "staging")
    corrected(ticket, cast, at + 6 * MINUTE, "production")
    assert ticket.severity == "low"


def test_nothing_happens_where_nothing_changes(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    before = ticket.events.count()
    corrected(ticket, cast, at + 5 * MINUTE, "staging")
    assert ticket.events.count() == before
    assert lines(clock_of(ticket)) == ["start"]


def test_the_audit_agrees(cast: Cast, ticket: Ticket, at: datetime) -> None:
    corrected(ticket, cast, at + 2 * HOUR)
    replied(ticket, cast.ana, at=at + 2 * HOUR + MINUTE)
    assert [says for one in audit() for says in one.says] == []
