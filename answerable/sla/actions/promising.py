"""Decides what a ticket is promised, and starts its clocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from answerable.entitlements.core.eligibility import Ask, Bought, Verdict
from answerable.entitlements.core.plan import Kind, Target, Terms
from answerable.entitlements.queries import facts_about_all
from answerable.sla.actions.wire import wake_the_watch
from answerable.sla.calendars import Calendar, calendar_of
from answerable.sla.core.days import due_after
from answerable.sla.core.ladder import step_instants
from answerable.sla.core.ledger import Verb
from answerable.sla.facts import facts_as_json
from answerable.sla.models import Clock, ClockEntry, Decision, EscalationStep
from answerable.sla.queries import Offer, offer
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.events import record
from answerable.tickets.models import CRITICAL, TicketEvent


def decide_promises(events: Sequence[TicketEvent], *, at: datetime) -> list[Decision]:
    """Decide what opened tickets are promised, store why, and start their clocks.

    So it is for tickets that were admitted as a contact's: they are decided anew, as of their
    opening, and without a guarantee (domain.md E31). Many cost as many statements as one. `at`
    is when this is recorded; promises run from each ticket's stored create time (HubSpot's
    Premium Support terms 1.3, domain.md H33). A due time that has passed by then is missed as
    soon as the watch wakes.
    """
    known = facts_about_all(event.ticket.requester for event in events)
    facts = [known[event.ticket.requester_id] for event in events]
    offers = [offer(fact, _ask_of(event)) for event, fact in zip(events, facts, strict=True)]
    decisions = Decision.objects.bulk_create(
        _decision(event, offered.verdict, facts_as_json(fact))
        for event, offered, fact in zip(events, offers, facts, strict=True)
    )
    promised = [
        _promised(decision, offered, at)
        for decision, offered in zip(decisions, offers, strict=True)
    ]
    record(*promised, *_start_all(events, offers, at))
    return decisions


def _ask_of(event: TicketEvent) -> Ask:
    ticket = event.ticket
    return Ask(
        ticket.channel,
        ticket.surface,
        ticket.language,
        ticket.severity,
        ticket.created_at,
        admitted=event.verb == TicketVerb.ADMITTED,
    )


def _promised(decision: Decision, offered: Offer, at: datetime) -> TicketEvent:
    data: dict[str, object] = {"kind": offered.kind, "decision": decision.pk}
    # An aim whose time had passed before its ticket was admitted is told to nobody.
    if offered.due_at and offered.due_at > decision.at:
        data["due_at"] = offered.due_at.isoformat()
    return TicketEvent(ticket=decision.ticket, verb=TicketVerb.PROMISED, at=at, data=data)


def _decision(event: TicketEvent, verdict: Verdict, facts: dict[str, object]) -> Decision:
    target, bought = verdict.target, verdict.bought
    return Decision(
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
                "metric": refusal.metric,
                "severity": refusal.severity,
                "reasons": list(refusal.reasons),
            }
            for refusal in verdict.refusals
        ],
        facts=facts,
    )


def _start_all(
    events: Sequence[TicketEvent], offers: Sequence[Offer], at: datetime
) -> list[TicketEvent]:
    clocks: list[Clock] = []
    steps: list[EscalationStep] = []
    causes: list[TicketEvent] = []
    for event, offered in zip(events, offers, strict=True):
        made, climbs = _clocks_of(event, offered.verdict)
        clocks += made
        steps += climbs
        causes += [event] * len(made)
    if not clocks:
        return []
    Clock.objects.bulk_create(clocks)
    if steps:
        EscalationStep.objects.bulk_create(steps)
    wake_the_watch()
    return _started(causes, clocks, at)


def _clocks_of(
    event: TicketEvent, verdict: Verdict
) -> tuple[list[Clock], list[EscalationStep]]:
    """Return the clocks of a ticket, and the ladder of the first."""
    bought, target = verdict.bought, verdict.target
    if bought is None or target is None:
        return [], []
    calendar = calendar_of(bought.terms.calendars[target.calendar])
    first = _clock(event, bought, target, calendar)
    if target.severity != CRITICAL or target.kind != Kind.GUARANTEE:
        return [first], []
    steps = _ladder_of(first, bought.terms, calendar)
    first.wake_at = min((step.at for step in steps), default=first.due_at)
    return [first, _triage_of(first, bought.terms, calendar)], steps


def _clock(event: TicketEvent, bought: Bought, target: Target, calendar: Calendar) -> Clock:
    start = event.ticket.created_at
    due_at = due_after(calendar, start, target.allowance)
    return Clock(
        ticket=event.ticket,
        metric=Clock.Metric.FIRST_RESPONSE,
        kind=target.kind,
        target=target.key,
        plan_version_id=bought.version,
        allowance=target.within,
        started_at=start,
        due_at=due_at,
        wake_at=due_at,
    )


def _triage_of(first: Clock, terms: Terms, calendar: Calendar) -> Clock:
    """Return the clock of the decision on a claim: it has a share of the claimed promise."""
    allowance = first.allowance * terms.triage_share
    due_at = calendar.due(first.started_at, allowance)
    return Clock(
        ticket=first.ticket,
        metric=Clock.Metric.TRIAGE,
        kind=Clock.Kind.INTERNAL,
        target=first.target,
        plan_version_id=first.plan_version_id,
        allowance=allowance,
        started_at=first.started_at,
        due_at=due_at,
        wake_at=due_at,
    )


def _ladder_of(clock: Clock, terms: Terms, calendar: Calendar) -> list[EscalationStep]:
    percents = [step.percent for step in terms.ladder]
    instants = step_instants(clock.started_at, clock.allowance, calendar, percents)
    return [
        EscalationStep(clock=clock, percent=step.percent, tell=list(step.tell), at=instant)
        for step, instant in zip(terms.ladder, instants, strict=True)
    ]


def _started(
    causes: Sequence[TicketEvent], clocks: Sequence[Clock], at: datetime
) -> list[TicketEvent]:
    ClockEntry.objects.bulk_create(
        ClockEntry(
            clock=clock,
            verb=Verb.START,
            at=clock.started_at,
            recorded_at=at,
            due_at=clock.due_at,
            event=cause,
        )
        for cause, clock in zip(causes, clocks, strict=True)
    )
    return [
        TicketEvent(
            ticket=clock.ticket,
            verb=TicketVerb.CLOCK_STARTED,
            at=clock.started_at,
            data=clock_data(clock),
        )
        for clock in clocks
    ]


def clock_data(clock: Clock) -> dict[str, object]:
    """Return what the ticket's log says of a clock."""
    return {
        "clock": clock.pk,
        "metric": str(clock.metric),
        "kind": str(clock.kind),
        "due_at": clock.due_at.isoformat(),
        "seconds": clock.allowance.total_seconds(),
    }
