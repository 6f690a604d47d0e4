"""What becomes of clocks when tickets are merged, parted again, or split (E60 to E62).

A promise that only the merged ticket had runs on and is kept by what is said on the other.
Where both have one, the merged ticket's is superseded and the stricter of both is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from answerable.entitlements.core.plan import Metric
from answerable.sla.actions.books import Book, books_of
from answerable.sla.actions.keeping import heard_in, stop, void
from answerable.sla.actions.starting import Start
from answerable.sla.actions.turning import judged_turn, oldest_unanswered
from answerable.sla.core.ledger import Entry, Verb
from answerable.sla.due import due_of
from answerable.sla.models import Clock, ClockEntry
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.models import Message, TicketEvent


def supersede(books: Sequence[Book], event: TicketEvent, *, at: datetime) -> None:
    """Let the survivor's clocks keep the promises of both.

    What was missed stays missed. The survivor is the older, so the earliest start is its own.
    """
    merged = event.data["merged"]
    for book in books:
        if book.clock.ticket_id != merged or not book.is_unfinished:
            continue
        ours = next((b for b in books if _is_same(b, book) and b.is_awaited), None)
        if ours is None:
            continue
        if ours.is_unfinished and _is_stricter(book, ours):
            _take_over(ours, book, event, at)
        book.write(Entry(Verb.SUPERSEDE, event.at), event, at, reason="merged")


def part(event: TicketEvent, *, at: datetime) -> list[Book]:
    """Give each ticket its own promises again, and return the clocks that changed.

    A reply that arrived meanwhile answered both.
    """
    merge = TicketEvent.objects.filter(
        ticket=event.ticket_id, verb=TicketVerb.MERGED, data__merge=event.data["merge"]
    )
    lines = ClockEntry.objects.filter(event__in=merge)
    clocks = Clock.objects.filter(pk__in=lines.values("clock"))
    books = books_of(clocks)
    for book in books:
        line = next(line for line in reversed(book.lines) if line.event_id == merge.get().pk)
        if line.verb == Verb.SUPERSEDE and book.last == line:
            book.write(Entry(Verb.REOPEN, event.at), event, at)
            _answer_meanwhile(book, line, event, at)
        elif line.verb == Verb.RETARGET and book.is_unfinished:
            _give_back(book, line, event, at)
    return books


def split_off(books: Sequence[Book], event: TicketEvent, *, at: datetime) -> list[Start]:
    """End the turn of a message that became a ticket of its own; the next message's begins."""
    turned = [book for book in books if _was_begun_by(book, event.message)]
    void(turned, event, at=at, reason="split")
    oldest = oldest_unanswered(event.ticket) if turned else None
    return judged_turn(event, oldest) if oldest else []


def dismiss(books: Sequence[Book], event: TicketEvent, *, at: datetime) -> None:
    """End the turn of a message that needs no answer, for the reason that was given (E54).

    A first reply is never let off like that.
    """
    for book in books:
        is_turn = book.clock.metric == Metric.NEXT_RESPONSE and book.is_unfinished
        if is_turn and _was_begun_by(book, event.message):
            reason = event.data["reason"][:200]
            book.write(Entry(Verb.DISMISS, event.at), event, at, reason=reason)


def _is_same(one: Book, other: Book) -> bool:
    same_ticket = one.clock.ticket_id == other.clock.ticket_id
    return one.clock.metric == other.clock.metric and not same_ticket


def _is_stricter(book: Book, ours: Book) -> bool:
    """Say whether a promise binds more than ours, or as much and is due earlier."""
    binding, bound = (one.clock.kind != Clock.Kind.AIM for one in (book, ours))
    if binding != bound:
        return binding
    return book.state.due_at < ours.state.due_at


def _take_over(ours: Book, book: Book, event: TicketEvent, at: datetime) -> None:
    since = book.state.counts_from or book.state.started_at
    was = _basis(ours)
    clock, theirs = ours.clock, book.clock
    clock.target, clock.kind, clock.allowance = theirs.target, theirs.kind, theirs.allowance
    clock.plan_version, clock.doubt = theirs.plan_version, theirs.doubt
    due = due_of(book.terms, clock.target, clock.metric, since, ours.state.pauses)
    data = {"before": ours.state.due_at.isoformat(), "was": was, "merged": theirs.ticket_id}
    ours.write(Entry(Verb.RETARGET, event.at, due.at, since), event, at, data=data)
    clock.steps.waiting().update(stopped_at=event.at)


def _give_back(book: Book, line: ClockEntry, event: TicketEvent, at: datetime) -> None:
    was, clock = line.data["was"], book.clock
    version = type(clock.plan_version).objects.get(pk=was["version"])
    clock.plan_version, clock.kind = version, was["kind"]
    clock.target = was["target"]
    row = version.terms.target(was["target"])
    clock.allowance = row.within
    since = datetime.fromisoformat(was["counts_from"])
    due = due_of(version.terms, clock.target, clock.metric, since, book.state.pauses)
    data = {"before": book.state.due_at.isoformat()}
    book.write(Entry(Verb.RETARGET, event.at, due.at, since), event, at, data=data)


def _basis(book: Book) -> dict[str, object]:
    since = book.state.counts_from or book.state.started_at
    return {
        "target": book.clock.target,
        "kind": str(book.clock.kind),
        "version": book.clock.plan_version_id,
        "counts_from": since.isoformat(),
    }


def _answer_meanwhile(book: Book, line: ClockEntry, event: TicketEvent, at: datetime) -> None:
    arrived = TicketEvent.objects.filter(
        Q(message__kind=Message.Kind.REPLY),
        ticket=event.ticket_id,
        verb=TicketVerb.DELIVERED,
        pk__gt=line.event_id,
    )
    back = arrived.filter(message__events__verb=TicketVerb.UNDELIVERED)
    replies = arrived.exclude(pk__in=back).select_related("message", "agent", "ticket")
    for reply in replies.order_by("at", "pk"):
        if book.is_awaited:
            stop([book], reply, heard_in(reply), at=at)


def _was_begun_by(book: Book, message: Message | None) -> bool:
    first = book.lines[0].event
    return first is not None and message is not None and first.message_id == message.pk
