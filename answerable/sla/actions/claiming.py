"""What a ticket's customer gains by calling it business-critical later on (domain.md E41)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from answerable.entitlements.core.plan import Metric
from answerable.sla.actions.books import Book
from answerable.sla.actions.promising import decision_of, is_claimed
from answerable.sla.actions.retargeting import retarget
from answerable.sla.actions.starting import Start, has_ladder
from answerable.sla.actions.turning import best_verdict, started, was_answered
from answerable.sla.core.ladder import step_instants
from answerable.sla.due import calendar_for
from answerable.sla.facts import facts_as_json
from answerable.sla.judging import pinned_by
from answerable.sla.models import Clock, Decision, EscalationStep
from answerable.tickets.models import TicketEvent


def follow_severity(books: Sequence[Book], event: TicketEvent, *, at: datetime) -> list[Start]:
    """Move the clocks of a ticket to its new severity, and return what starts with it.

    A claim is decided on within a share of its promise, as one at the opening is. Where the
    ticket was answered before, its promise is a reply of its own, from the claim on. While
    nobody has the ticket, people are told step by step.
    """
    starts = retarget(books, event, at=at)
    if event.data.get("claim"):
        starts += _claimed(books, event)
    for book in books:
        _climb(book, event)
    return starts


def _claimed(books: Sequence[Book], event: TicketEvent) -> list[Start]:
    facts, verdict = best_verdict(pinned_by(event.ticket_id), event, Metric.FIRST_RESPONSE)
    row, bought = verdict.target, verdict.bought
    if row is None or bought is None or not is_claimed(bought, row):
        return []
    reply = started(event, row, bought.terms, bought.version)
    decides = replace(reply, metric=Metric.TRIAGE)
    if not was_answered(event.ticket, books):
        return [decides]
    decision_of(event, verdict, row, facts_as_json(facts), Decision.Cause.TURN).save()
    return [decides, reply]


def _climb(book: Book, event: TicketEvent) -> None:
    """Let a clock that has become critical wait for the steps that lie ahead: those of whom are
    told at once are told of the change itself."""
    clock, terms = book.clock, book.terms
    row = terms.target(clock.target)
    is_climbed = has_ladder(terms, row, clock.metric) and book.is_unfinished
    if not is_climbed or clock.doubt or event.ticket.assignee_id or not _is_moved(book, event):
        return
    percents = [step.percent for step in terms.ladder]
    begins = book.state.counts_from or book.state.started_at
    calendar = calendar_for(terms, clock.target)
    instants = step_instants(begins, clock.allowance, calendar, percents, book.state.pauses)
    ahead = [
        EscalationStep(clock=clock, percent=step.percent, tell=list(step.tell), at=instant)
        for step, instant in zip(terms.ladder, instants, strict=True)
        if instant > event.at
    ]
    _climb_anew(clock, ahead)
    if ahead and clock.paused_at is None:
        book.wake(min([book.state.due_at, *(step.at for step in ahead)]))


def _climb_anew(clock: Clock, ahead: Sequence[EscalationStep]) -> None:
    """Write steps over those of a ladder that it had before; what was done stays done."""
    done = set(clock.steps.exclude(done_at=None).values_list("percent", flat=True))
    clock.steps.filter(done_at=None).delete()
    EscalationStep.objects.bulk_create(one for one in ahead if one.percent not in done)


def _is_moved(book: Book, event: TicketEvent) -> bool:
    return any(line.event_id == event.pk and line.verb == "retarget" for line in book.new)
