"""What agents promise by their own word: the next update, and the summary of a call in writing.

Such a promise is a clock as any other, of no row of the plan: what was said to whom by when.
The next word of ours that reaches the customer keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.entitlements.core.plan import Metric, Terms
from answerable.entitlements.core.promised import Word, is_summary, promised_key
from answerable.sla.actions.books import Book
from answerable.sla.actions.starting import Start
from answerable.sla.core.ledger import Entry, Verb
from answerable.sla.judging import Pinned, pinned_by
from answerable.sla.models import Clock
from answerable.sla.proposing import promised_on, summary_due
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.events import record
from answerable.tickets.models import Ticket, TicketEvent

LONGEST = timedelta(days=30)


class CannotPromise(Exception):
    """No update can be promised: the ticket is resolved, nobody's yet or of no plan, or the
    instant does not lie ahead within a month."""


@transaction.atomic
def promise_update(ticket: Ticket, due_at: datetime, *, agent: Agent, at: datetime) -> None:
    """Promise a customer the next update by an instant, or another instant than before.

    Raises CannotPromise.
    """
    ticket = hold(ticket)
    pinned = pinned_by(ticket.pk)
    is_ahead = at < due_at <= at + LONGEST
    if not (is_ahead and may_promise(ticket) and pinned and pinned.version):
        raise CannotPromise
    running = promised_on(ticket)
    if running is None or running.due_at != due_at:
        due = {"due_at": due_at.isoformat()}
        _record(ticket, TicketVerb.UPDATE_PROMISED, agent, at, **due)


@transaction.atomic
def call_off_update(ticket: Ticket, *, agent: Agent, at: datetime) -> None:
    """Let the update that was promised be promised no more; nothing where none is."""
    ticket = hold(ticket)
    if promised_on(ticket):
        _record(ticket, TicketVerb.UPDATE_CALLED_OFF, agent, at)


@transaction.atomic
def leave_unpromised(ticket: Ticket, *, agent: Agent, at: datetime) -> None:
    """Note that an agent sees no need to promise an update now."""
    _record(hold(ticket), TicketVerb.UPDATE_UNPROMISED, agent, at)


def may_promise(ticket: Ticket) -> bool:
    """Say whether an update may be promised on a ticket, as it stands."""
    over = {Ticket.State.RESOLVED, Ticket.State.REVIEW}
    return ticket.requester_id is not None and ticket.state not in over


def promised_by_us(books: Sequence[Book], event: TicketEvent, *, at: datetime) -> list[Start]:
    """Return the promise that begins with what an agent says, or with a call that ended."""
    if event.verb == TicketVerb.CALL_CONNECTED:
        return _summary(books, event)
    return _update(books, event, at)


def _update(books: Sequence[Book], event: TicketEvent, at: datetime) -> list[Start]:
    """Move the promise that runs to the instant that an agent names, or return one that starts.

    What was to be a summary of a call stays one.
    """
    due_at = datetime.fromisoformat(event.data["due_at"])
    running = _running(books)
    if running is None:
        return _started(event, event.at, due_at, pinned_by(event.ticket_id), Word.UPDATE)
    word = Word.SUMMARY if is_summary(running.clock.target) else Word.UPDATE
    row = running.terms.target(promised_key(due_at - running.state.started_at, word))
    before = running.state.due_at.isoformat()
    running.promise(row, kind=Clock.Kind.PROMISED)
    line = Entry(Verb.RETARGET, event.at, running.due(row.key).at)
    running.write(line, event, at, data={"target": row.key, "before": before})
    return []


def _summary(books: Sequence[Book], event: TicketEvent) -> list[Start]:
    """Return the promise of a summary in writing that a call begins at its end, as the plan
    says; none where one is promised already."""
    pinned = pinned_by(event.ticket_id)
    terms: Terms | None = pinned.terms if pinned else None
    if terms is None or terms.calls.summary_within is None or _running(books):
        return []
    ended = event.at + timedelta(seconds=event.data.get("seconds", 0))
    due_at = summary_due(terms, event.ticket_id, ended)
    return _started(event, ended, due_at, pinned, Word.SUMMARY)


def _running(books: Sequence[Book]) -> Book | None:
    ours = (book for book in books if book.clock.metric == Metric.PROMISED_UPDATE)
    return next((book for book in ours if book.is_unfinished), None)


def _started(
    event: TicketEvent, since: datetime, due_at: datetime, pinned: Pinned | None, word: Word
) -> list[Start]:
    if pinned is None or pinned.version is None:
        return []
    terms = pinned.version.terms
    row = terms.target(promised_key(due_at - since, word))
    return [
        Start(
            ticket=event.ticket,
            metric=row.metric,
            target=row,
            terms=terms,
            version=pinned.version.pk,
            starts_at=since,
            cause=event,
        )
    ]


def _record(ticket: Ticket, verb: TicketVerb, agent: Agent, at: datetime, **data: str) -> None:
    record(TicketEvent(ticket=ticket, verb=verb, agent=agent, at=at, data=data))
