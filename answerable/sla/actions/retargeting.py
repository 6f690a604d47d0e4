"""Moves a running clock when its ticket's severity changed."""

from __future__ import annotations

from datetime import datetime

from answerable.entitlements.core.plan import Target
from answerable.entitlements.core.reconsider import target_for
from answerable.sla.actions.promising import clock_data
from answerable.sla.actions.wire import wake_the_watch
from answerable.sla.calendars import calendar_of
from answerable.sla.core.ledger import Outcome, Verb
from answerable.sla.models import Clock, ClockEntry, Decision
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.events import record
from answerable.tickets.models import TicketEvent


def retarget(event: TicketEvent, *, at: datetime) -> None:
    """Move the running first-reply clock to the promise of the new severity.

    The new due time is counted from the original start, under the plan version that the ticket
    pinned (domain.md E39). A clock that has ended stays as it ended (E40). `at` is when this is
    recorded.
    """
    clocks = Clock.objects.select_for_update(of=("self",)).select_related("plan_version")
    clock = clocks.filter(ticket=event.ticket_id, metric=Clock.Metric.FIRST_RESPONSE).first()
    if clock is None or clock.outcome != Outcome.RUNNING:
        return
    first = Decision.objects.filter(ticket=event.ticket_id).order_by("pk").first()
    if first is None:
        return
    refused = {
        row["target"]: row["reasons"]
        for row in first.refusals
        if row["version"] == clock.plan_version_id
    }
    target = target_for(clock.plan_version.terms, refused, event.data["to"])
    if target is None or target.key == clock.target:
        return
    _decide_again(event, first, target)
    _move(event, clock, target, at)


def _decide_again(event: TicketEvent, first: Decision, target: Target) -> None:
    Decision.objects.create(
        ticket=event.ticket,
        at=event.at,
        kind=target.kind,
        target=target.key,
        severity=event.data["to"],
        plan_version_id=first.plan_version_id,
        refusals=first.refusals,
        facts=first.facts,
    )


def _move(event: TicketEvent, clock: Clock, target: Target, at: datetime) -> None:
    before = clock.due_at
    calendar = calendar_of(clock.plan_version.terms.calendars[target.calendar])
    clock.target, clock.kind, clock.allowance = target.key, target.kind, target.within
    clock.due_at = clock.wake_at = calendar.due(clock.started_at, target.within)
    clock.save(update_fields=["target", "kind", "allowance", "due_at", "wake_at"])
    clock.steps.filter(done_at=None, stopped_at=None).update(stopped_at=event.at)
    ClockEntry.objects.create(
        clock=clock,
        verb=Verb.RETARGET,
        at=event.at,
        recorded_at=at,
        due_at=clock.due_at,
        agent=event.agent,
        event=event,
        data={"before": before.isoformat(), "severity": event.data["to"]},
    )
    data = clock_data(clock) | {"before": before.isoformat()}
    record(
        TicketEvent(
            ticket=event.ticket,
            verb=TicketVerb.CLOCK_RETARGETED,
            agent=event.agent,
            at=event.at,
            data=data,
        )
    )
    wake_the_watch()
