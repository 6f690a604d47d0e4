"""Starts clocks: any number of any metric in as many statements as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from answerable.entitlements.core.plan import Kind, Metric, Target, Terms
from answerable.lib import zones
from answerable.sla.actions.books import clock_data
from answerable.sla.actions.wire import wake_the_watch
from answerable.sla.core.ladder import step_instants
from answerable.sla.core.ledger import Verb
from answerable.sla.due import allowance_of, calendar_for, due_of
from answerable.sla.models import Clock, ClockEntry, EscalationStep
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.models import Ticket, TicketEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A clock to be started: of which row of which version, from when, and because of what."""

    ticket: Ticket
    metric: str
    target: Target
    terms: Terms
    version: int
    starts_at: datetime
    cause: TicketEvent | None
    counts_from: datetime | None = None


def start_clocks(starts: Sequence[Start], *, at: datetime) -> list[TicketEvent]:
    """Start clocks, and return what the tickets' logs are to say of it.

    One whose due time cannot be worked out is due at once, and said to be in doubt. `at` is
    when this is recorded.
    """
    if not starts:
        return []
    clocks = [_clock(start) for start in starts]
    steps = [
        step
        for start, clock in zip(starts, clocks, strict=True)
        for step in _ladder(start, clock)
    ]
    Clock.objects.bulk_create(clocks)
    if steps:
        EscalationStep.objects.bulk_create(steps)
    ClockEntry.objects.bulk_create(
        _first_line(start, clock, at) for start, clock in zip(starts, clocks, strict=True)
    )
    wake_the_watch()
    return [
        event
        for start, clock in zip(starts, clocks, strict=True)
        for event in _said(start, clock, at)
    ]


def promised_by(target: Target) -> dict[str, object]:
    """Return what a line of a ledger says of the row that it sets."""
    return {"target": target.key, "kind": _kind(target.metric, target)}


def _kind(metric: str, target: Target) -> str:
    """Return how binding the clock of a row is."""
    if metric == Metric.PROMISED_UPDATE:
        return Clock.Kind.PROMISED.value
    return target.kind.value


def _clock(start: Start) -> Clock:
    due = due_of(
        start.terms, start.target.key, start.metric, start.counts_from or start.starts_at
    )
    return Clock(
        ticket=start.ticket,
        metric=start.metric,
        kind=Clock.Kind.INTERNAL
        if start.metric == Metric.TRIAGE
        else _kind(start.metric, start.target),
        target=start.target.key,
        plan_version_id=start.version,
        allowance=allowance_of(start.terms, start.target, start.metric),
        started_at=start.starts_at,
        counts_from=start.counts_from,
        due_at=due.at,
        wake_at=due.at,
        doubt=due.doubt,
    )


def _ladder(start: Start, clock: Clock) -> list[EscalationStep]:
    """Return the steps of a critical guarantee, and let the clock wait for the first.

    Nobody needs to be told of what somebody has.
    """
    climbs = has_ladder(start.terms, start.target, start.metric)
    if not climbs or clock.doubt or start.ticket.assignee_id:
        return []
    percents = [step.percent for step in start.terms.ladder]
    calendar = calendar_for(start.terms, start.target.key)
    counts_from = clock.counts_from or clock.started_at
    instants = step_instants(counts_from, clock.allowance, calendar, percents)
    clock.wake_at = min([clock.due_at, *instants])
    return [
        EscalationStep(clock=clock, percent=step.percent, tell=list(step.tell), at=instant)
        for step, instant in zip(start.terms.ladder, instants, strict=True)
    ]


def has_ladder(terms: Terms, target: Target, metric: str) -> bool:
    """Say whether people are told, step by step, while nobody has claimed the ticket."""
    return (
        metric == Metric.FIRST_RESPONSE
        and target.kind == Kind.GUARANTEE
        and target.severity is not None
        and terms.is_critical(target.severity)
    )


def _first_line(start: Start, clock: Clock, at: datetime) -> ClockEntry:
    return ClockEntry(
        clock=clock,
        verb=Verb.START,
        at=clock.started_at,
        recorded_at=at,
        due_at=clock.due_at,
        counts_from=start.counts_from,
        event=start.cause,
        reason=clock.doubt,
        data=promised_by(start.target) | {"version": start.version, "zones": zones.database()},
    )


def _is_word(clock: Clock) -> bool:
    """Say whether an agent promised it, whom the log then names."""
    return clock.kind == Clock.Kind.PROMISED


def _said(start: Start, clock: Clock, at: datetime) -> Iterable[TicketEvent]:
    yield TicketEvent(
        ticket=clock.ticket,
        verb=TicketVerb.CLOCK_STARTED,
        agent=start.cause.agent if start.cause and _is_word(clock) else None,
        at=clock.started_at,
        data=clock_data(clock),
    )
    if clock.doubt:
        data = clock_data(clock) | {"doubt": clock.doubt}
        yield TicketEvent(ticket=clock.ticket, verb=TicketVerb.CLOCK_DOUBTED, at=at, data=data)
