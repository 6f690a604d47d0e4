"""What happens at the instants that clocks wait for: steps of a ladder, and misses.

Many watches may call this at once. Each holds the rows it works on and skips those that
another holds, so one of them wins each clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from answerable.sla.actions.promising import clock_data
from answerable.sla.core.ledger import Outcome, Verb
from answerable.sla.models import Clock, ClockEntry, EscalationStep
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.events import record
from answerable.tickets.models import TicketEvent

AT_ONCE = 200


@transaction.atomic
def wake_due(*, at: datetime) -> int:
    """Do what is due by `at` on up to 200 clocks, and return how many there were.

    A miss is stamped with the due instant, however late it is noticed, and announced once.
    """
    clocks = Clock.objects.to_wake(at).select_for_update(of=("self",), skip_locked=True)
    held = list(clocks.select_related("ticket")[:AT_ONCE])
    if not held:
        return 0
    steps = EscalationStep.objects.filter(clock__in=held, done_at=None, stopped_at=None)
    waiting: dict[int, list[EscalationStep]] = {}
    for step in steps.order_by("percent"):
        waiting.setdefault(step.clock_id, []).append(step)
    missed = _miss(held, at)
    climbed = [
        event for clock in held for event in _climb(clock, waiting.get(clock.pk, []), at)
    ]
    record(*missed, *climbed)
    return len(held)


def _miss(held: Sequence[Clock], at: datetime) -> list[TicketEvent]:
    late = [c for c in held if c.outcome == Outcome.RUNNING and c.due_at <= at]
    Clock.objects.filter(pk__in=[clock.pk for clock in late]).update(
        outcome=Outcome.MISSED, missed_at=F("due_at"), wake_at=None
    )
    ClockEntry.objects.bulk_create(
        ClockEntry(clock=clock, verb=Verb.MISS, at=clock.due_at, recorded_at=at)
        for clock in late
    )
    return [
        TicketEvent(
            ticket=clock.ticket,
            verb=TicketVerb.CLOCK_MISSED,
            at=clock.due_at,
            data=clock_data(clock),
        )
        for clock in late
    ]


def _climb(clock: Clock, steps: Sequence[EscalationStep], at: datetime) -> list[TicketEvent]:
    """Take the steps that are due, and say when the clock waits for the next."""
    due = [step for step in steps if step.at <= at]
    if due:
        EscalationStep.objects.filter(pk__in=[step.pk for step in due]).update(done_at=at)
    later = [step.at for step in steps if step.at > at]
    if clock.due_at > at and clock.outcome == Outcome.RUNNING:
        later.append(clock.due_at)
    if later:
        Clock.objects.filter(pk=clock.pk).update(wake_at=min(later))
    elif clock.due_at > at or clock.outcome != Outcome.RUNNING:
        Clock.objects.filter(pk=clock.pk).update(wake_at=None)
    return [
        TicketEvent(
            ticket=clock.ticket,
            verb=TicketVerb.ESCALATED,
            at=step.at,
            data={
                "percent": step.percent,
                "tell": step.tell,
                "due_at": clock.due_at.isoformat(),
            },
        )
        for step in due
    ]


@transaction.atomic
def stop_ladder(event: TicketEvent) -> None:
    """Stop the rest of a ticket's ladder: somebody has claimed the ticket."""
    clocks = Clock.objects.select_for_update().filter(ticket=event.ticket_id)
    for clock in clocks.filter(wake_at__isnull=False, outcome=Outcome.RUNNING):
        waiting = clock.steps.filter(done_at=None, stopped_at=None)
        if waiting.update(stopped_at=event.at):
            clock.wake_at = clock.due_at
            clock.save(update_fields=["wake_at"])
            record(
                TicketEvent(
                    ticket=event.ticket,
                    verb=TicketVerb.LADDER_STOPPED,
                    agent=event.agent,
                    at=event.at,
                )
            )
