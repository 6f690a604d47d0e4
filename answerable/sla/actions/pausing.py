"""Lets clocks stand still while a ticket waits for somebody else, as their plan says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from answerable.sla.actions.books import Book, clock_data
from answerable.sla.actions.starting import has_ladder
from answerable.sla.core.ladder import step_instants
from answerable.sla.core.ledger import Entry, Outcome, Verb
from answerable.sla.core.pauses import Pause
from answerable.sla.core.stands import WAITING, Stand, ends_at, pausing
from answerable.sla.due import calendar_for, due_of
from answerable.sla.models import ClockEntry
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.models import Hold, Message, Ticket, TicketEvent

SAYS = {Verb.PAUSE: TicketVerb.CLOCK_PAUSED, Verb.RESUME: TicketVerb.CLOCK_RESUMED}
USED_UP = "at_most"  # why a clock runs on although its ticket still waits
ENDS = {
    TicketVerb.WROTE,
    TicketVerb.UNDELIVERED,
    TicketVerb.HOLD_ENDED,
    TicketVerb.REOPENED,
    TicketVerb.RESOLVED,
    TicketVerb.MERGED,
}
PARKED = {Ticket.State.HELD, Ticket.State.WAITING}


def stand_after(event: TicketEvent) -> tuple[Stand, datetime | None] | None:
    """Return what a ticket waits for since an event, and until when; None when for nobody new.

    It waits for its customer from when a reply has arrived: nobody waits for who was told
    nothing (E7).
    """
    ticket = event.ticket
    if event.verb == TicketVerb.HELD:
        stand = Stand(event.data["kind"], bool(event.data["reason"]), event.data["told"])
        until = event.data["until"]
        return stand, datetime.fromisoformat(until) if until else None
    if ticket.state == Ticket.State.HELD:
        held = Hold.objects.filter(ticket=ticket, ended_at=None).first()
        return (Stand(held.kind), held.until) if held else None
    is_reply = event.message is not None and event.message.kind == Message.Kind.REPLY
    begins = event.verb == TicketVerb.DISMISSED or (
        event.verb == TicketVerb.DELIVERED and is_reply
    )
    begins = begins or (_is_back(event) and _has_arrived(ticket))
    if ticket.state == Ticket.State.WAITING and begins:
        return Stand(WAITING), None
    return None


def pause_or_resume(books: Sequence[Book], event: TicketEvent, *, at: datetime) -> None:
    """Let the clocks of a ticket stand still, or run on, as it waits since an event."""
    standing = stand_after(event)
    if standing:
        for book in books:
            _stand(book, event, *standing, at)
    elif event.verb in ENDS and (_is_back(event) or event.ticket.state not in PARKED):
        for book in books:
            resume(book, event, event.at, at)


def _is_back(event: TicketEvent) -> bool:
    """Say whether a ticket waits for its customer again because something was taken back."""
    return bool(event.data.get("back_to") == Ticket.State.WAITING)


def _has_arrived(ticket: Ticket) -> bool:
    """Say whether the last reply to a ticket has arrived, so that its customer was told."""
    replies = Message.objects.filter(ticket=ticket, kind=Message.Kind.REPLY).order_by("-pk")
    return replies.values_list("delivered_at", flat=True).first() is not None


def resume(
    book: Book, event: TicketEvent | None, instant: datetime, at: datetime, reason: str = ""
) -> None:
    """Let a clock run on from an instant, or from when its pause ended by itself before.

    News that it should have run on earlier than it did moves its due time back.
    """
    pauses = book.state.pauses
    if not pauses or book.state.outcome not in {Outcome.PAUSED, Outcome.RUNNING}:
        return
    *before, last = pauses
    limit = last.end or limit_of(book) or instant
    instant = max(min(instant, limit), last.begin)
    if last.end is not None and instant >= last.end:
        return
    between = [Pause(last.begin, instant)] if instant > last.begin else []
    counts_from = book.state.counts_from or book.state.started_at
    clock = book.clock
    due = due_of(book.terms, clock.target, clock.metric, counts_from, [*before, *between])
    was = book.state.due_at.isoformat()
    line = Entry(Verb.RESUME, instant, due.at)
    book.write(line, event, at, reason=reason, data={"before": was})
    _shift_ladder(book)


def paused_lines(books: Iterable[Book], event: TicketEvent) -> list[TicketEvent]:
    """Return what the ticket's log says of pauses and resumes: a line for all that pause, and
    one for all that run on."""
    held = list(books)
    return [
        line
        for verb in (Verb.PAUSE, Verb.RESUME)
        if (line := _line([book for book in held if _last(book, verb)], verb, event))
    ]


def resumed_line(book: Book) -> list[TicketEvent]:
    """Return what the log says of one clock that runs on by itself."""
    line = _line([book], Verb.RESUME, None)
    return [line] if line else []


def _line(books: Sequence[Book], verb: Verb, event: TicketEvent | None) -> TicketEvent | None:
    lines = [(book, line) for book in books if (line := _last(book, verb))]
    if not lines:
        return None
    clocks = [_told(book, line) for book, line in lines]
    first = lines[0][1]
    return TicketEvent(
        ticket=event.ticket if event else books[0].clock.ticket,
        verb=SAYS[verb],
        agent=event.agent if event else None,
        at=first.at,
        data={
            "clocks": clocks,
            "state": first.data.get("state", ""),
            "reason": first.reason,
        },
    )


def _told(book: Book, line: ClockEntry) -> dict[str, object]:
    due_at = book.state.due_at.isoformat()
    return clock_data(book.clock) | {"due_at": due_at, "before": line.data.get("before")}


def _last(book: Book, verb: Verb) -> ClockEntry | None:
    """Return the last new line of a verb in a book."""
    return next((line for line in reversed(book.new) if line.verb == verb), None)


def _stand(
    book: Book, event: TicketEvent, stand: Stand, until: datetime | None, at: datetime
) -> None:
    rule = pausing(book.terms.pauses, stand, book.clock.metric) if book.is_unfinished else None
    if rule is None:
        if event.verb == TicketVerb.HELD or _is_back(event):
            resume(book, event, event.at, at)
        return
    state = book.state
    if state.outcome == Outcome.RUNNING and _may_pause(book, event):
        seconds = rule.at_most.total_seconds() if rule.at_most else None
        data = {"state": stand.state, "at_most": seconds}
        began = max(event.at, state.started_at)
        book.write(Entry(Verb.PAUSE, began), event, at, data=data)
        book.wake(ends_at(began, rule.at_most, until))
    elif state.outcome == Outcome.PAUSED and event.verb == TicketVerb.HELD:
        began = state.paused_at or event.at
        book.wake(ends_at(began, rule.at_most, until))


def _may_pause(book: Book, event: TicketEvent) -> bool:
    """Say whether a running clock may pause now: it is not due yet, and has not used up the
    longest pause of this very wait."""
    if event.at >= book.state.due_at:
        return False
    last = next((line for line in reversed(book.lines) if line.verb == Verb.RESUME), None)
    if last is None or last.reason != USED_UP or event.verb == TicketVerb.HELD:
        return True
    ended = TicketEvent.objects.filter(ticket=event.ticket_id, verb__in=ENDS, at__gte=last.at)
    return ended.exists()


def limit_of(book: Book) -> datetime | None:
    """Return when the pause that runs ends by itself at the latest, as its rule says."""
    line = next(line for line in reversed([*book.lines, *book.new]) if line.verb == Verb.PAUSE)
    seconds = line.data.get("at_most")
    return line.at + timedelta(seconds=seconds) if seconds is not None else None


def _shift_ladder(book: Book) -> None:
    """Let the steps that are still to come wait as long as the clock did."""
    clock, terms = book.clock, book.terms
    if clock.doubt or not has_ladder(terms, terms.target(clock.target), clock.metric):
        return
    steps = list(clock.steps.waiting())
    instants = step_instants(
        book.state.counts_from or book.state.started_at,
        clock.allowance,
        calendar_for(terms, clock.target),
        [step.percent for step in steps],
        book.state.pauses,
    )
    for step, instant in zip(steps, instants, strict=True):
        step.at = instant
        step.save(update_fields=["at"])
    if book.state.outcome == Outcome.RUNNING:
        book.wake(min([book.state.due_at, *instants]))
