"""Nobody rewrites a ledger, not even by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from answerable.cast import Cast
from answerable.sla.models import ClockEntry
from answerable.sla.tests.clocks import clock_of
from answerable.tickets.models import Ticket, TicketEvent
from answerable.tickets.tests.openings import opened


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def test_it_refuses_to_change_a_line(ticket: Ticket) -> None:
    lines = ClockEntry.objects.filter(clock__ticket=ticket)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        lines.update(due_at=None)
    assert lines.get().due_at == clock_of(ticket).due_at


def test_it_refuses_to_delete_a_line(ticket: Ticket) -> None:
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        ClockEntry.objects.all().delete()
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        ticket.delete()
    assert ClockEntry.objects.count() == 1


def test_it_lets_a_whole_demonstration_be_erased_by_whoever_says_so(ticket: Ticket) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL answerable.erasing = 'on'")
        with pytest.raises(DatabaseError), transaction.atomic():
            ClockEntry.objects.update(due_at=None)
        ticket.delete()
    assert not ClockEntry.objects.exists()


def test_it_refuses_to_change_a_line_of_a_tickets_log(ticket: Ticket) -> None:
    events = TicketEvent.objects.filter(ticket=ticket, verb="opened")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        events.update(at=ticket.created_at - timedelta(hours=1))
    assert events.get().at == ticket.created_at
