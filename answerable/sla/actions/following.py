"""Lets the clocks of a ticket follow what happens to it: the one way for every metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from django.db import transaction

from answerable.entitlements.core.plan import Metric
from answerable.sla.actions import merging, reopening
from answerable.sla.actions.belonging import follow_customer
from answerable.sla.actions.books import Book, books_of, close_books, open_books
from answerable.sla.actions.claiming import follow_severity
from answerable.sla.actions.correcting import correct, go_on_in_writing
from answerable.sla.actions.keeping import close, heard_in, stop, void
from answerable.sla.actions.pausing import pause_or_resume, paused_lines, stand_after
from answerable.sla.actions.promising import decide_promises
from answerable.sla.actions.retargeting import follow_endorsement
from answerable.sla.actions.starting import Start, start_clocks
from answerable.sla.actions.turning import begun_by
from answerable.sla.actions.wire import wake_the_watch
from answerable.sla.core.metrics import MEASURES
from answerable.sla.judging import is_decided, pinned_by
from answerable.sla.models import Clock
from answerable.tickets import actions as tickets
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Message, TicketEvent


class Judge(Protocol):
    """Moves the clocks of a ticket for an event, and returns those that it starts."""

    def __call__(
        self, books: Sequence[Book], event: TicketEvent, *, at: datetime
    ) -> list[Start]: ...


FOLLOWED = frozenset().union(*(m.starts | m.stops | m.taken_back_by for m in MEASURES.values()))
FOLLOWED = (FOLLOWED - {Verb.OPENED}) | {
    Verb.UNDELIVERED,
    Verb.SEVERITY_CHANGED,
    Verb.FACTS_CORRECTED,
    Verb.CUSTOMER_CHANGED,
    Verb.HELD,
    Verb.HOLD_ENDED,
    Verb.DISMISSED,
    Verb.ENDORSED,
    Verb.CHAT_LEFT,
    Verb.CALL_CANCELLED,
    Verb.CALL_GIVEN_UP,
    Verb.CHAT_MOVED,
    Verb.MERGED,
    Verb.UNMERGED,
    Verb.SPLIT,
    Verb.UPDATE_CALLED_OFF,
}

JUDGED_AGAIN: Mapping[Verb, Judge] = {
    Verb.SEVERITY_CHANGED: follow_severity,
    Verb.FACTS_CORRECTED: correct,
    Verb.CUSTOMER_CHANGED: follow_customer,
    Verb.CALL_GIVEN_UP: go_on_in_writing,
    Verb.ENDORSED: follow_endorsement,
    Verb.SPLIT: merging.split_off,
}

# What a customer no longer waits for, or is promised no more.
GIVEN_UP = {
    Verb.CHAT_LEFT: Metric.CHAT_PICKUP,
    Verb.CALL_CANCELLED: Metric.CALLBACK_START,
    Verb.UPDATE_CALLED_OFF: Metric.PROMISED_UPDATE,
}


@transaction.atomic(savepoint=False)
def follow(event: TicketEvent, *, at: datetime) -> None:
    """Stop, pause, move, take back and start the clocks that an event of a ticket concerns.

    The ticket is held by whoever recorded the event. `at` is when this is recorded; what
    happens to a clock happens at the instant of the event.
    """
    if event.verb not in FOLLOWED or _is_notice(event):
        return
    if event.verb == Verb.WROTE and not is_decided(event.ticket_id):
        decide_promises([event], at=at)  # We wrote first, and now the customer asks (E8).
        return
    if event.verb == Verb.UNMERGED:
        record(*close_books(merging.part(event, at=at)))
        return
    books = open_books(event.ticket_id, event.at, also=reopening.concerned(event))
    starts = _change(books, event, at)
    pause_or_resume(books, event, at=at)
    _finish(books, starts, event, at)


def _change(books: Sequence[Book], event: TicketEvent, at: datetime) -> list[Start]:
    """Write what an event means for the clocks there are; return those that it starts."""
    match event.verb:
        case verb if verb in JUDGED_AGAIN:
            # What an agent promised is no row of a plan, and holds whatever that says now.
            judged = [b for b in books if b.clock.metric != Metric.PROMISED_UPDATE]
            return JUDGED_AGAIN[Verb(verb)](judged, event, at=at)
        case Verb.MERGED:
            merging.supersede(books, event, at=at)
        case Verb.DISMISSED:
            merging.dismiss(books, event, at=at)
        case Verb.UNDELIVERED:
            reopening.take_back(books, event, at=at)
        case Verb.CHAT_MOVED:
            return _go_on_by_mail(books, event, at)
        case verb if verb in GIVEN_UP:
            _give_up(books, GIVEN_UP[Verb(verb)], event, at)
        case _:
            return _stop_and_start(books, event, at)
    return []


def _go_on_by_mail(books: Sequence[Book], event: TicketEvent, at: datetime) -> list[Start]:
    """Let a chat to which nobody came be a request by mail from its beginning (E80).

    Nobody can come to it any more; a pick-up that was missed stays missed.
    """
    if not event.data.get("from"):
        return []
    _give_up(books, Metric.CHAT_PICKUP, event, at)
    return correct(books, event, at=at)


def _give_up(books: Sequence[Book], metric: Metric, event: TicketEvent, at: datetime) -> None:
    """Void the clock of what a customer no longer waits for."""
    waited = [book for book in books if book.clock.metric == metric]
    void(waited, event, at=at, reason=event.verb)


def _stop_and_start(books: Sequence[Book], event: TicketEvent, at: datetime) -> list[Start]:
    heard = heard_in(event)
    stop(books, event, heard, at=at)
    if event.verb == Verb.RESOLVED:
        close(books, event, at=at)
        _keep_reopenable(event)
    if event.verb in {Verb.REOPENED, Verb.WROTE}:
        reopening.reopen(books, event, at=at)
    return begun_by(event, books, heard, at=at)


def _finish(
    books: Sequence[Book], starts: Sequence[Start], event: TicketEvent, at: datetime
) -> None:
    """Store and say it all; a clock that starts while its ticket waits may pause at once."""
    paused = paused_lines(books, event)
    has_changed = any(book.new or book.is_told for book in books)
    told = [*close_books(books), *paused]
    told += start_clocks(starts, at=at)
    if starts and any(start.terms.pauses for start in starts) and stand_after(event):
        metrics = {start.metric for start in starts}
        new = Clock.objects.of_ticket(event.ticket_id).unfinished().filter(metric__in=metrics)
        fresh = books_of(new)
        pause_or_resume(fresh, event, at=at)
        paused = paused_lines(fresh, event)
        told += [*close_books(fresh), *paused]
    if has_changed:
        wake_the_watch()
    if told:
        record(*told)


def _keep_reopenable(event: TicketEvent) -> None:
    pinned = pinned_by(event.ticket_id)
    if pinned and pinned.terms:
        until = event.at + pinned.terms.reopen_window
        tickets.keep_reopenable(event.ticket, until=until)


def _is_notice(event: TicketEvent) -> bool:
    """Say whether it is only about a notice, which answers nothing."""
    about_delivery = event.verb in {Verb.DELIVERED, Verb.UNDELIVERED}
    message = event.message
    return about_delivery and (message is None or message.kind != Message.Kind.REPLY)
