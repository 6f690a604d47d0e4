"""Decides anew what a ticket is promised when what it is about was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from answerable.entitlements.core.eligibility import Verdict
from answerable.entitlements.core.plan import Kind, Metric, Target, Terms
from answerable.sla.actions.books import Book
from answerable.sla.actions.keeping import void
from answerable.sla.actions.promising import CREATED, decision_of, is_claimed
from answerable.sla.actions.retargeting import may_move, move
from answerable.sla.actions.starting import Start
from answerable.sla.actions.turning import has_reply
from answerable.sla.changing import Changed
from answerable.sla.core.ledger import Entry, Outcome, Verb
from answerable.sla.core.metrics import MEASURES
from answerable.sla.due import due_of
from answerable.sla.judging import (
    Pinned,
    decision_behind,
    judged_anew,
    pinned_by,
    row_of,
    was_admitted,
)
from answerable.sla.models import Clock, Decision
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.models import Ticket, TicketEvent

CORRECTED, IN_WRITING, CUSTOMER = "corrected", "in_writing", TicketVerb.CUSTOMER_CHANGED.value
REASONS = {
    TicketVerb.FACTS_CORRECTED: CORRECTED,
    TicketVerb.CUSTOMER_CHANGED: CUSTOMER,
}
# What has nothing to do with what a ticket is about, once it was asked for.
UNMOVED = {Metric.CALLBACK_START, Metric.CHAT_PICKUP}
# Their facts are those of a later instant than the opening.
LATER = {Decision.Cause.TURN, Decision.Cause.ENDORSEMENT}


def correct(books: Sequence[Book], event: TicketEvent, *, at: datetime) -> list[Start]:
    """Let the clocks of a ticket be those of what it is about; return those that start.

    It counts as what was so from the beginning, but for what would have passed by then: that
    counts from the correction. Another contract may be the one that promises it now (E29). A
    clock that has ended stays as it ended. `at` is when this is recorded.
    """
    pinned = pinned_by(event.ticket_id)
    if pinned is None:
        return []
    own = [book for book in books if book.clock.ticket_id == event.ticket_id]
    behind = [decision_behind(book.clock) for book in own]
    verdict = _judged(pinned.decision, pinned, event)
    for book, decision in zip(own, behind, strict=True):
        if book.clock.metric in UNMOVED or not may_move(book, event.at):
            continue
        is_later = decision is not None and decision.cause in LATER
        judged = (
            _judged(decision, pinned, event, book.clock.metric)
            if decision and is_later
            else verdict
        )
        correct_book(book, judged, event, at)
    return newly_promised(verdict, pinned.decision.at, event)


def go_on_in_writing(books: Sequence[Book], event: TicketEvent, *, at: datetime) -> list[Start]:
    """Let a request be promised what the form promises, whose call or chat came to nothing;
    return the clocks that start.

    It counts from the opening, as what is corrected does. A call that was tried as often as the
    plan says is waited for no longer; one that was not made stays due.
    """
    if event.verb == TicketVerb.CALL_GIVEN_UP and event.data.get("attempts"):
        calls = [book for book in books if book.clock.metric == Metric.CALLBACK_START]
        void(calls, event, at=at, reason=event.verb)
    return correct(books, event, at=at)


def _reason(event: TicketEvent) -> str:
    return REASONS.get(TicketVerb(event.verb), IN_WRITING)


def _judged(
    decision: Decision, pinned: Pinned, event: TicketEvent, metric: str = ""
) -> Verdict:
    """Judge a decision anew, and store what came of it, as of when it was made."""
    verdict = judged_anew(decision, pinned, event.ticket)
    row = row_of(verdict, metric) if metric else verdict.target
    facts = decision.facts | {"admitted": was_admitted(decision)}
    again = decision_of(event, verdict, row, facts, Decision.Cause.CORRECTION)
    again.at, again.metric = decision.at, metric or again.metric
    again.save()
    return verdict


def correct_book(book: Book, verdict: Verdict, event: TicketEvent, at: datetime) -> None:
    """Let a clock be what a verdict says of its metric, counted from where it counts."""
    clock, bought = book.clock, verdict.bought
    row = row_of(verdict, clock.metric)
    if clock.metric == Metric.TRIAGE and row is None and _is_still_claimed(verdict):
        return
    if row is None or bought is None:
        if book.is_unfinished:
            book.write(Entry(Verb.VOID, event.at), event, at, reason=_reason(event))
        return
    if (row.key, bought.version) == (clock.target, clock.plan_version_id):
        return
    since = book.state.counts_from or book.state.started_at
    due = due_of(bought.terms, row.key, clock.metric, since, book.state.pauses)
    if due.at <= event.at:
        since = event.at
        due = due_of(bought.terms, row.key, clock.metric, since, book.state.pauses)
        binds = row.kind == Kind.GUARANTEE and clock.kind != Kind.GUARANTEE
        if not binds and due.at >= book.state.due_at:
            return
    clock.plan_version_id = bought.version
    move(book, Changed(row, due, since), event, at, reason=_reason(event))


def _is_still_claimed(verdict: Verdict) -> bool:
    bought, first = verdict.bought, verdict.target
    return bought is not None and first is not None and is_claimed(bought, first)


def newly_promised(verdict: Verdict, opened: datetime, event: TicketEvent) -> list[Start]:
    """Return the clocks of what a verdict promises and the ticket did not have before."""
    bought = verdict.bought
    if bought is None or event.ticket.state == Ticket.State.RESOLVED:
        return []
    had = _had(event.ticket)
    rows = [row for row in (verdict.target, *verdict.others) if row and row.metric not in had]
    return [
        Start(
            ticket=event.ticket,
            metric=row.metric,
            target=row,
            terms=bought.terms,
            version=bought.version,
            starts_at=_since(bought.terms, row, opened, event),
            cause=event,
        )
        for row in rows
        if "opened" in MEASURES[row.metric].starts
        and (row.starts == CREATED or row.metric == Metric.TRIAGE)
    ]


def _had(ticket: Ticket) -> set[str]:
    """Return the metrics of a ticket that had a clock, or need none any more: what an earlier
    correction ended may begin again."""
    clocks = Clock.objects.filter(ticket=ticket)
    ended = clocks.filter(
        outcome=Outcome.VOID, entries__reason__in=(CORRECTED, IN_WRITING, CUSTOMER)
    )
    had = set(clocks.exclude(pk__in=ended.values("pk")).values_list("metric", flat=True))
    return had | ({Metric.FIRST_RESPONSE.value} if has_reply(ticket) else set())


def _since(terms: Terms, row: Target, opened: datetime, event: TicketEvent) -> datetime:
    """Return from when a row counts: from the opening, if its time is not over by then."""
    due = due_of(terms, row.key, row.metric, opened)
    return opened if due.at > event.at else event.at
