"""Decides what a ticket is promised, and starts its clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.entitlements.core.eligibility import Ask, Verdict
from answerable.entitlements.core.plan import Kind, Target, Terms
from answerable.entitlements.queries import facts_about
from answerable.sla.actions.wire import wake_the_watch
from answerable.sla.calendars import Calendar, calendar_of
from answerable.sla.core.ladder import step_instants
from answerable.sla.core.ledger import Verb
from answerable.sla.facts import facts_as_json
from answerable.sla.models import Clock, ClockEntry, Decision, EscalationStep
from answerable.sla.queries import offer
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.events import record
from answerable.tickets.models import CRITICAL, TicketEvent


@dataclass(frozen=True, slots=True)
class NewClock:
    """A clock that is to start."""

    metric: str
    kind: str
    target: Target
    allowance: timedelta
    calendar: Calendar
    version: int


def decide_promise(event: TicketEvent, *, at: datetime) -> Decision:
    """Decide what an opened ticket is promised, store why, and start its clocks at its opening.

    `at` is when this is recorded; promises run from the ticket's stored create time
    (HubSpot's Premium Support terms 1.3, domain.md H33).
    """
    ticket = event.ticket
    facts = facts_about(ticket.requester)
    ask = Ask(
        ticket.channel, ticket.surface, ticket.language, ticket.severity, ticket.created_at
    )
    offered = offer(facts, ask)
    decision = _store(event, offered.verdict, facts_as_json(facts))
    data: dict[str, object] = {"kind": offered.kind, "decision": decision.pk}
    if offered.due_at:
        data["due_at"] = offered.due_at.isoformat()
    events = [TicketEvent(ticket=ticket, verb=TicketVerb.PROMISED, at=at, data=data)]
    if decision.target:
        events += _start_all(event, offered.verdict, at)
    record(*events)
    return decision


def _store(event: TicketEvent, verdict: Verdict, facts: dict[str, object]) -> Decision:
    target, bought = verdict.target, verdict.bought
    return Decision.objects.create(
        ticket=event.ticket,
        at=event.at,
        kind=target.kind if target else "",
        target=target.key if target else "",
        severity=event.ticket.severity,
        contract_id=bought.contract if bought else None,
        plan_version_id=bought.version if bought else None,
        refusals=[
            {
                "contract": refusal.contract,
                "version": refusal.version,
                "target": refusal.target,
                "kind": refusal.kind,
                "severity": refusal.severity,
                "reasons": list(refusal.reasons),
            }
            for refusal in verdict.refusals
        ],
        facts=facts,
    )


def _start_all(event: TicketEvent, verdict: Verdict, at: datetime) -> list[TicketEvent]:
    bought, target = verdict.bought, verdict.target
    if bought is None or target is None:
        return []
    terms, version = bought.terms, bought.version
    calendar = calendar_of(terms.calendars[target.calendar])
    first = NewClock(
        Clock.Metric.FIRST_RESPONSE, target.kind, target, target.within, calendar, version
    )
    claimed = target.severity == CRITICAL and target.kind == Kind.GUARANTEE
    events = [_start(event, first, terms if claimed else None, at)]
    if claimed:
        share = target.within * terms.triage_share
        triage = NewClock(
            Clock.Metric.TRIAGE, Clock.Kind.INTERNAL, target, share, calendar, version
        )
        events.append(_start(event, triage, None, at))
    wake_the_watch()
    return events


def _start(
    event: TicketEvent, new: NewClock, ladder: Terms | None, at: datetime
) -> TicketEvent:
    start = event.ticket.created_at
    due_at = new.calendar.due(start, new.allowance)
    clock = Clock.objects.create(
        ticket=event.ticket,
        metric=new.metric,
        kind=new.kind,
        target=new.target.key,
        plan_version_id=new.version,
        allowance=new.allowance,
        started_at=start,
        due_at=due_at,
        wake_at=start if ladder and ladder.ladder else due_at,
    )
    if ladder:
        _raise_ladder(clock, ladder, new.calendar)
    ClockEntry.objects.create(
        clock=clock, verb=Verb.START, at=start, recorded_at=at, due_at=due_at, event=event
    )
    return TicketEvent(
        ticket=event.ticket, verb=TicketVerb.CLOCK_STARTED, at=start, data=clock_data(clock)
    )


def clock_data(clock: Clock) -> dict[str, object]:
    """Return what the ticket's log says of a clock."""
    return {
        "clock": clock.pk,
        "metric": str(clock.metric),
        "kind": str(clock.kind),
        "due_at": clock.due_at.isoformat(),
        "seconds": clock.allowance.total_seconds(),
    }


def _raise_ladder(clock: Clock, terms: Terms, calendar: Calendar) -> None:
    percents = [step.percent for step in terms.ladder]
    instants = step_instants(clock.started_at, clock.allowance, calendar, percents)
    EscalationStep.objects.bulk_create(
        EscalationStep(clock=clock, percent=step.percent, tell=list(step.tell), at=instant)
        for step, instant in zip(terms.ladder, instants, strict=True)
    )
