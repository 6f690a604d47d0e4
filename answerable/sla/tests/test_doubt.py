"""A due time that cannot be worked out is due at once, and said; it is never silently none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.entitlements.core.plan import CalendarTerms
from answerable.ops import checks
from answerable.routing.models import Notice
from answerable.sla.actions import wake_due
from answerable.sla.queries import offer_for
from answerable.sla.tests.clocks import clock_of, folded, replied, stored
from answerable.sla.tests.plans import row, sold_broken
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, verbs

HOUR = timedelta(hours=1)
NEVER = CalendarTerms("never", "never", "UTC", always=False, weekly=((),) * 7)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    """A ticket that is promised an hour of a calendar that never opens."""
    calendars = {**cast.premium.terms.calendars, "never": NEVER}
    sold_broken(cast, at, row("first_response", HOUR, calendar="never"), calendars=calendars)
    return opened(cast.dana, at)


def test_it_is_due_at_once_and_says_why(ticket: Ticket, at: datetime) -> None:
    clock = clock_of(ticket)
    assert (clock.due_at, clock.doubt) == (at, "NeverOpen: UTC")
    assert (stored(clock), clock.entries.get().reason) == (folded(clock), "NeverOpen: UTC")
    assert verbs(ticket)[-2:] == ["clock_started", "clock_doubted"]
    assert ticket.queue_entry.due_at == at


def test_the_administrator_is_told(cast: Cast, ticket: Ticket, at: datetime) -> None:
    notice = Notice.objects.get(ticket=ticket)
    assert (notice.agent, notice.event.verb) == (cast.ida, "clock_doubted")
    finding = checks.promises(at)
    assert (
        finding.fine,
        finding.says.startswith(f"#{ticket.pk} has a promise that cannot be"),
    ) == (
        False,
        True,
    )


def test_it_is_missed_and_answered_like_any_other(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    wake_due(at=at)
    replied(ticket, cast.ana, at=at + HOUR)
    clock = clock_of(ticket)
    assert (clock.missed_at, clock.answered_at) == (at, at + HOUR)
    assert checks.promises(at).fine


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"calendar": "gone"}, "KeyError"),
        ({"within": timedelta.max}, "OverflowError"),
    ],
)
def test_whatever_is_wrong_nothing_is_lost(
    cast: Cast, at: datetime, change: dict[str, object], why: str
) -> None:
    sold_broken(cast, at, replace(row("first_response", HOUR), **change))  # type: ignore[arg-type]
    assert clock_of(opened(cast.dana, at)).doubt.startswith(why)


@pytest.mark.usefixtures("ticket")
def test_the_customer_reads_no_time_that_nobody_can_work_out(cast: Cast, at: datetime) -> None:
    mail = OutgoingMail.objects.get(kind="acknowledgement")
    assert "We have your message" in mail.subject
    assert "08:00" not in mail.text
    from answerable.entitlements.core.eligibility import Ask  # noqa: PLC0415

    offered = offer_for(cast.dana, Ask("form", "web", "en", "standard", at))
    assert (offered.kind, offered.due_at) == ("guarantee", None)
