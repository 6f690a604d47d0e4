"""The audit of clocks: it is quiet when all is well, and names what is not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.cast import Cast
from answerable.ops import checks
from answerable.sla.actions import wake_due
from answerable.sla.actions.auditing import keep_audit
from answerable.sla.audit import audit
from answerable.sla.jobs import audit_clocks
from answerable.sla.models import Audit, Clock, ClockEntry
from answerable.sla.tests.clocks import clock_of, replied, wrote
from answerable.sla.tests.plans import HOLDS, WAITS, row, sold
from answerable.tickets.actions import merge
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, opened_critical

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    """A ticket with a life: answered, waited for, opened again; another merged into it."""
    rows = (row("next_response", HOUR), row("resolution", 9 * HOUR, calendar="office"))
    sold(cast, at, *rows, pauses=(WAITS, *HOLDS))
    ticket = opened(cast.dana, at)
    merge(ticket, opened_critical(cast.dana, at + MINUTE), agent=cast.ana, at=at + 2 * MINUTE)
    replied(ticket, cast.ana, at=at + 10 * MINUTE)
    wrote(ticket, cast.dana, at=at + 3 * HOUR)
    wake_due(at=at + 5 * HOUR)
    return ticket


def said(ticket: Ticket | None = None) -> list[str]:
    return [words for audited in audit(ticket.pk if ticket else None) for words in audited.says]


@pytest.mark.usefixtures("ticket")
def test_it_has_nothing_to_say_when_all_is_well() -> None:
    assert said() == []
    assert len(list(audit())) == Clock.objects.count() >= 5


def test_it_names_a_column_that_is_not_what_the_ledger_says(
    ticket: Ticket, at: datetime
) -> None:
    Clock.objects.filter(pk=clock_of(ticket).pk).update(met_at=at)
    (words,) = said(ticket)
    assert words.startswith(f"#{ticket.pk}, First reply: met_at is stored as 2025-10-20T08:00")
    assert said(opened(ticket.requester, at)) == []


def test_it_names_a_due_time_that_is_not_what_the_plan_says(
    ticket: Ticket, at: datetime
) -> None:
    clock = clock_of(opened(ticket.requester, at))
    wrong = at + 2 * HOUR
    ClockEntry.objects.create(
        clock=clock, verb="retarget", at=at, recorded_at=at, due_at=wrong, data={}
    )
    Clock.objects.filter(pk=clock.pk).update(due_at=wrong, wake_at=wrong)
    (words,) = said(clock.ticket)
    assert words.endswith(
        "its ledger says due 2025-10-20T10:00:00+00:00, and its plan 2025-10-20T09:00:00+00:00."
    )


def test_it_names_a_ledger_that_cannot_have_happened(ticket: Ticket, at: datetime) -> None:
    clock = clock_of(opened(ticket.requester, at))
    ClockEntry.objects.create(clock=clock, verb="answer", at=at, recorded_at=at, data={})
    (words,) = said(clock.ticket)
    assert "cannot have happened" in words


def test_it_names_an_allowance_that_is_not_the_plans(ticket: Ticket, at: datetime) -> None:
    clock = clock_of(opened(ticket.requester, at))
    Clock.objects.filter(pk=clock.pk).update(allowance=2 * HOUR)
    (words,) = said(clock.ticket)
    assert "2:00:00 are stored as allowed" in words


def test_it_is_kept_for_the_operator_who_sees_what_is_wrong(
    ticket: Ticket, at: datetime
) -> None:
    assert "No audit" in checks.ledgers(at).says
    audit_clocks(timestamp=0)
    assert checks.ledgers(at).fine
    Clock.objects.filter(pk=clock_of(ticket).pk).update(due_at=at)
    kept = keep_audit(audit(), at=at + 1000 * timedelta(days=1))
    assert (kept.differences, len(kept.says)) == (1, 1)
    finding = checks.ledgers(at)
    assert (finding.fine, "answerable clocks audit" in finding.says) == (False, True)
    assert Audit.objects.count() == 1  # The one of years ago is forgotten.


def test_it_asks_the_same_few_questions_for_any_number_of_clocks(
    ticket: Ticket, at: datetime
) -> None:
    with CaptureQueriesContext(connection) as few:
        said()
    for _ in range(5):
        opened(ticket.requester, at)
    with CaptureQueriesContext(connection) as many:
        said()
    assert len(many) == len(few) <= 4
