"""Moves a running clock when its ticket's severity changed."""

from __future__ import annotations

from datetime import datetime

from answerable.entitlements.core.plan import Target
from answerable.entitlements.core.reconsider import target_for
from answerable.sla.actions.promising import clock_data
from answerable.sla.actions.wire import wake_the_watch
from answerable.sla.calendars import calendar_of
from answerable.sla.core.days import due_after
from answerable.sla.core.ledger import Outcome, Verb
from answerable.sla.models import Clock, ClockEntry, Decision
from answerable.sla.queries import decision_that_started, refused_by
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.events import record
from answerable.tickets.models import TicketEvent

MOVED = ["target", "kind", "allowance", "due_at", "wake_at", "outcome", "missed_at"]


def retarget(event: TicketEvent, *, at: datetime) -> None:
    """Move the running first-reply clock to the promise of the new severity.

    The new due time is counted from the original start, under the contract and plan version
    that the ticket pinned (domain.md E39). A clock that has ended stays as it ended (E40),
    except that a miss is taken back when the change was in force before the clock fell due and
    only the news of it came late. `at` is when this is recorded.
    """
    clocks = Clock.objects.select_for_update(of=("self",), no_key=True)
    found = clocks.filter(ticket=event.ticket_id, metric=Clock.Metric.FIRST_RESPONSE)
    clock = found.select_related("plan_version").first()
    if clock is None or not _may_move(clock, event.at):
        return
    first = decision_that_started(clock)
    if first is None:
        return
    target = target_for(clock.plan_version.terms, refused_by(first), event.data["to"])
    if target is None or target.key == clock.target:
        return
    _decide_again(event, first, target)
    _move(event, clock, target, at)


def _may_move(clock: Clock, changed: datetime) -> bool:
    if clock.outcome == Outcome.RUNNING:
        return True
    is_unanswered = clock.outcome == Outcome.MISSED and clock.answered_at is None
    return is_unanswered and changed <= clock.due_at


def _decide_again(event: TicketEvent, first: Decision, target: Target) -> None:
    Decision.objects.create(
        ticket=event.ticket,
        at=event.at,
        kind=target.kind,
        target=target.key,
        severity=event.data["to"],
        contract_id=first.contract_id,
        plan_version_id=first.plan_version_id,
        refusals=first.refusals,
        facts=first.facts,
    )


def _move(event: TicketEvent, clock: Clock, target: Target, at: datetime) -> None:
    before = clock.due_at
    calendar = calendar_of(clock.plan_version.terms.calendars[target.calendar])
    clock.target, clock.kind, clock.allowance = target.key, target.kind, target.within
    clock.due_at = clock.wake_at = due_after(calendar, clock.started_at, target.allowance)
    clock.outcome, clock.missed_at = Outcome.RUNNING, None
    clock.save(update_fields=MOVED)
    clock.steps.waiting().update(stopped_at=event.at)
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
