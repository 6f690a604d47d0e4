"""What a watch does beside misses: the next interval of updates, and the ends of pauses."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from answerable.entitlements.core.plan import Metric, Target
from answerable.sla.actions.books import books_of, close_books
from answerable.sla.actions.pausing import USED_UP, limit_of, resume, resumed_line
from answerable.sla.actions.starting import Start, start_clocks
from answerable.sla.models import Clock
from answerable.tickets.models import Ticket, TicketEvent

SOON = timedelta(seconds=1)


def next_updates(late: Collection[Clock], *, at: datetime) -> list[TicketEvent]:
    """Begin the next interval of status updates where one was missed; return what is said.

    As long as the ticket is open, silence is a miss in every interval.
    """
    starts = [
        _start(clock, row)
        for clock in late
        if clock.metric == Metric.STATUS_UPDATE and (row := _row(clock)) and row.every
    ]
    return start_clocks(starts, at=at)


def resume_used_up(clocks: Collection[int], *, at: datetime) -> list[TicketEvent]:
    """Let clocks run on that may not pause any longer, from when they no longer might.

    However late that is noticed, the promise is the same. For the others it is their hold that
    is over: it ends for the whole ticket, and not here, where clocks are held and no ticket.
    """
    told = []
    for book in books_of(Clock.objects.filter(pk__in=clocks)):
        limit = limit_of(book)
        if limit is not None and limit <= at:
            resume(book, None, limit, at, reason=USED_UP)
            told += resumed_line(book)
        else:
            book.wake(at + SOON)
        told += close_books([book])
    return told


def _row(clock: Clock) -> Target | None:
    """Return the row of a clock, while its ticket is open."""
    ticket = _survivor(clock.ticket)
    if ticket.state == Ticket.State.RESOLVED:
        return None
    return clock.plan_version.terms.target(clock.target)


def _start(clock: Clock, row: Target) -> Start:
    return Start(
        ticket=_survivor(clock.ticket),
        metric=clock.metric,
        target=row,
        terms=clock.plan_version.terms,
        version=clock.plan_version_id,
        starts_at=clock.due_at,
        cause=None,
    )


def _survivor(ticket: Ticket) -> Ticket:
    return ticket.merged_into or ticket
