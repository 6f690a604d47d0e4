"""Moves clocks when a ticket's severity changed, or a colleague stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from answerable.entitlements.core.plan import Kind, Metric
from answerable.sla.actions.books import Book
from answerable.sla.actions.promising import CREATED, decision_of
from answerable.sla.actions.starting import Start, promised_by
from answerable.sla.actions.turning import best_verdict, started, was_answered
from answerable.sla.changing import Changed, changed_to, is_upgrade
from answerable.sla.core.ledger import Entry, Outcome, Verb
from answerable.sla.core.metrics import MEASURES
from answerable.sla.due import due_of
from answerable.sla.facts import facts_as_json
from answerable.sla.judging import decision_behind, judged_again, pinned_by, row_of
from answerable.sla.models import Clock, Decision
from answerable.tickets.models import Ticket, TicketEvent

# What has nothing to do with how serious a ticket is, once it was asked for.
UNMOVED = {Metric.TRIAGE, Metric.CALLBACK_START, Metric.CHAT_PICKUP}


def retarget(books: Sequence[Book], event: TicketEvent, *, at: datetime) -> list[Start]:
    """Move the clocks of a ticket to its new severity; return those that start with it.

    The new time counts from the start or from the change, as the plan says, under the version
    that the ticket pins (domain.md E39, E41, E71). A clock that has ended stays as it ended
    (E40), except that a miss is taken back when the change was in force before the clock fell
    due and only the news of it came late. `at` is when this is recorded.
    """
    for book in books:
        if book.clock.metric not in UNMOVED and may_move(book, event.at):
            _retarget(book, event, at)
    return _newly_promised(books, event)


def follow_endorsement(
    books: Sequence[Book], event: TicketEvent, *, at: datetime
) -> list[Start]:
    """Let what the endorsing colleague is promised hold from their word on (E18, E19, E22).

    It counts from then: nothing was guaranteed before. What is guaranteed already stays, and so
    does what was answered.
    """
    first = next((b for b in books if b.clock.metric == Metric.FIRST_RESPONSE), None)
    if was_answered(event.ticket, books):
        return []
    if first and (first.clock.kind == Kind.GUARANTEE or not first.is_unfinished):
        return []
    facts, verdict = best_verdict(pinned_by(event.ticket_id), event, Metric.FIRST_RESPONSE)
    row, bought = verdict.target, verdict.bought
    if row is None or bought is None or row.kind != Kind.GUARANTEE:
        return []
    cause = Decision.Cause.ENDORSEMENT
    decision_of(event, verdict, row, facts_as_json(facts), cause).save()
    if first is None:
        return [started(event, row, bought.terms, bought.version)]
    first.clock.plan_version_id = bought.version
    due = due_of(bought.terms, row.key, first.clock.metric, event.at, first.state.pauses)
    move(first, Changed(row, due, event.at), event, at)
    return []


def may_move(book: Book, changed: datetime) -> bool:
    """Say whether a change at an instant still concerns a clock: it has not ended, or its miss
    was stamped before the news of the change came."""
    if book.is_unfinished:
        return True
    is_unanswered = book.state.outcome == Outcome.MISSED and book.state.answered_at is None
    return is_unanswered and changed <= book.state.due_at


def _retarget(book: Book, event: TicketEvent, at: datetime) -> None:
    decision, severity, clock = decision_behind(book.clock), event.data["to"], book.clock
    if decision is None or decision.plan_version_id is None:
        return
    verdict = judged_again(decision, book.terms, event.ticket, severity)
    row = row_of(verdict, clock.metric)
    if row is None:
        if book.is_unfinished and not is_upgrade(clock, severity):
            book.write(Entry(Verb.VOID, event.at), event, at, reason="severity")
        return
    if row.key == clock.target:
        return
    again = decision_of(event, verdict, row, decision.facts, Decision.Cause.SEVERITY)
    again.plan_version_id, again.severity = clock.plan_version_id, severity
    again.save()
    changed = changed_to(clock, row, severity, event.at, book.state.pauses)
    if changed:
        move(book, changed, event, at)


def move(
    book: Book, changed: Changed, event: TicketEvent, at: datetime, reason: str = ""
) -> None:
    """Let a clock be one of another row, due at another time; `reason` says why, if not for its
    severity."""
    before, due = book.state.due_at.isoformat(), changed.due
    data = promised_by(changed.row) | {"before": before}
    data |= {"severity": "" if reason else event.data.get("to", "")}
    book.promise(changed.row, doubt=due.doubt)
    book.clock.steps.waiting().update(stopped_at=event.at)
    line = Entry(Verb.RETARGET, event.at, due.at, changed.counts_from)
    book.write(line, event, at, data=data, reason=due.doubt or reason)
    paused_at = book.state.paused_at
    if paused_at and due.at <= paused_at:
        # It was due before it paused, so it never did.
        book.write(Entry(Verb.RESUME, paused_at, due.at), event, at)


def _newly_promised(books: Sequence[Book], event: TicketEvent) -> list[Start]:
    """Return what is promised at the new severity and never was before; it counts from then."""
    pinned = pinned_by(event.ticket_id)
    terms, version = (pinned.terms, pinned.version) if pinned else (None, None)
    is_over = event.ticket.state == Ticket.State.RESOLVED
    if pinned is None or terms is None or version is None or is_over:
        return []
    verdict = judged_again(pinned.decision, terms, event.ticket, event.data["to"])
    had = set(Clock.objects.filter(ticket=event.ticket).values_list("metric", flat=True))
    had |= {
        Metric.TRIAGE,
        *([Metric.FIRST_RESPONSE] if was_answered(event.ticket, books) else []),
    }
    rows = [row for row in (verdict.target, *verdict.others) if row and row.metric not in had]
    return [
        started(event, row, terms, version.pk)
        for row in rows
        if "opened" in MEASURES[row.metric].starts and row.starts == CREATED
    ]
