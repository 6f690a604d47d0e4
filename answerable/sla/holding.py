"""What a hold would do to a ticket's promises: which is due before it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.sla.actions.books import Book, books_read
from answerable.sla.core.ledger import Outcome
from answerable.sla.core.pauses import Pause
from answerable.sla.core.stands import Stand, ends_at, pausing
from answerable.sla.due import due_of
from answerable.sla.models import Clock
from answerable.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Waits:
    """A hold that somebody thinks of: its kind, whether we spoke last, from and until when."""

    kind: str
    was_told: bool
    begins: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class DueFirst:
    """The clock that is due before a hold ends, and when."""

    clock: Clock
    due_at: datetime


def due_within(ticket: Ticket, waits: Waits) -> DueFirst | None:
    """Return the clock that would be due first before a hold ends, or None.

    Of a hold without an end it is the next one that does not stand still, whenever that is. By
    the same rules as when it is put on hold (actions/pausing.py).
    """
    running = Clock.objects.of_ticket(ticket.pk).unfinished()
    dues = [(due, book) for book in books_read(running) if (due := _due(book, waits))]
    before = [(due, book) for due, book in dues if waits.until is None or due <= waits.until]
    if not before:
        return None
    due, book = min(before, key=lambda one: one[0])
    return DueFirst(book.clock, due)


def _due(book: Book, waits: Waits) -> datetime | None:
    """Return when a clock is due if its ticket is held; None while it stands still."""
    stand = Stand(waits.kind, has_reason=True, was_told=waits.was_told)
    rule = pausing(book.terms.pauses, stand, book.clock.metric)
    pauses = list(book.state.pauses)
    if book.state.outcome == Outcome.PAUSED and pauses:
        *pauses, last = pauses
        pauses.append(Pause(last.begin, None if rule else waits.begins))
    elif rule:
        pauses.append(Pause(waits.begins, None))
    if rule:
        end = ends_at(pauses[-1].begin, rule.at_most, waits.until)
        if end is None:
            return None
        pauses[-1] = Pause(pauses[-1].begin, max(end, pauses[-1].begin))
    since = book.state.counts_from or book.state.started_at
    return due_of(book.terms, book.clock.target, book.clock.metric, since, pauses).at
