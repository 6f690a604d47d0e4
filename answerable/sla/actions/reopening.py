"""Takes back what stopped a clock: a reply that bounced, a solution that was none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from answerable.entitlements.core.plan import Metric
from answerable.sla.actions.books import CLOSED, Book
from answerable.sla.actions.keeping import STOPPING, TURNS, heard_in, stop, void
from answerable.sla.core.ledger import Entry, Outcome, Verb
from answerable.sla.core.metrics import MEASURES
from answerable.sla.core.pauses import Pause
from answerable.sla.due import due_of
from answerable.sla.models import ClockEntry
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.models import Message, TicketEvent

MOST_REPLIES = 100
SOLUTIONS = [metric for metric, measure in MEASURES.items() if measure.taken_back_by]


def concerned(event: TicketEvent) -> Q | None:
    """Return which clocks that ended an event may take back."""
    if event.verb == TicketVerb.UNDELIVERED and event.message_id:
        told = ClockEntry.objects.filter(event__message=event.message_id)
        return Q(pk__in=told.values("clock"))
    if event.verb == TicketVerb.REOPENED:
        return CLOSED | Q(metric__in=SOLUTIONS, outcome__in=[Outcome.MET, Outcome.MISSED])
    return CLOSED if event.verb == TicketVerb.WROTE else None


def take_back(books: Sequence[Book], event: TicketEvent, *, at: datetime) -> None:
    """Let clocks wait again that a reply stopped which came back, and void what it began.

    They are due when they were (domain.md E7), and missed if that has passed. Another reply
    that arrived stops them in its stead.
    """
    if event.message_id is None:
        return
    void_begun(books, event, at)
    reopened = [book for book in books if _was_stopped_by(book, event)]
    for book in reopened:
        _make_room(books, book, event, at)
        book.write(Entry(Verb.REOPEN, event.at), event, at)
    for other in _other_replies(event) if reopened else []:
        waiting = [book for book in reopened if book.is_awaited]
        stop(waiting, other, heard_in(other), at=at)


def void_begun(books: Sequence[Book], event: TicketEvent, at: datetime) -> None:
    """Void the clocks that began with a reply which came back."""
    for book in books:
        first = book.lines[0].event
        began = first and first.verb == TicketVerb.DELIVERED
        if began and first and first.message_id == event.message_id and _is_countable(book):
            book.write(Entry(Verb.VOID, event.at), event, at, reason="came_back")


def reopen(books: Sequence[Book], event: TicketEvent, *, at: datetime) -> None:
    """Let a solution be awaited again when the ticket was opened again, and a first reply whose
    customer had closed it.

    The time for which it passed for solved is a pause.
    """
    for book in books:
        last = book.last
        by_resolving = last.event is not None and last.event.verb == TicketVerb.RESOLVED
        if not by_resolving or book.is_unfinished or not _is_taken_back(book, event):
            continue
        ran, due_at = book.state.outcome != Outcome.MISSED, book.state.due_at
        book.write(Entry(Verb.REOPEN, event.at), event, at)
        if ran and last.at < min(due_at, event.at):
            _pause_meanwhile(book, Pause(last.at, event.at), event, at)


def _is_taken_back(book: Book, event: TicketEvent) -> bool:
    if book.clock.metric == Metric.FIRST_RESPONSE:
        return book.state.outcome == Outcome.VOID
    is_solution = book.clock.metric in SOLUTIONS and event.verb == TicketVerb.REOPENED
    return is_solution and book.last.verb in STOPPING


def _pause_meanwhile(book: Book, pause: Pause, event: TicketEvent, at: datetime) -> None:
    clock, state = book.clock, book.state
    counts_from = state.counts_from or state.started_at
    # Where it stood still already, it did so until now.
    pauses = [Pause(p.begin, p.end or pause.end) for p in [*state.pauses, pause]]
    due = due_of(book.terms, clock.target, clock.metric, counts_from, pauses)
    was = state.due_at.isoformat()
    book.write(Entry(Verb.PAUSE, pause.begin), event, at, data={"state": "resolved"})
    resumed = Entry(Verb.RESUME, pause.end or event.at, due.at)
    book.write(resumed, event, at, data={"before": was})


def _make_room(books: Sequence[Book], reopened: Book, event: TicketEvent, at: datetime) -> None:
    """Void what began since: the older message that waits again comes first (E53)."""
    metric = reopened.clock.metric
    later = [
        book
        for book in books
        if book is not reopened
        and book.clock.ticket_id == reopened.clock.ticket_id
        and book.state.started_at >= reopened.state.started_at
        and (book.clock.metric == metric or {book.clock.metric, metric} <= TURNS)
    ]
    void(later, event, at=at, reason="older_unanswered")


def _was_stopped_by(book: Book, event: TicketEvent) -> bool:
    last = book.last
    return (
        last.verb in STOPPING
        and last.event is not None
        and last.event.message_id == event.message_id
    )


def _is_countable(book: Book) -> bool:
    return book.state.outcome in {
        Outcome.RUNNING,
        Outcome.PAUSED,
        Outcome.MET,
        Outcome.MISSED,
    }


def _other_replies(event: TicketEvent) -> list[TicketEvent]:
    """Return the replies that arrived and did not come back, in the order of their arrival."""
    arrived = TicketEvent.objects.filter(ticket=event.ticket_id, verb=TicketVerb.DELIVERED)
    back = arrived.filter(message__events__verb=TicketVerb.UNDELIVERED)
    replies = arrived.filter(message__kind=Message.Kind.REPLY).exclude(pk__in=back)
    found = replies.select_related("message", "agent", "ticket").order_by("at", "pk")
    return list(found[:MOST_REPLIES])
