"""What happens at the instants that clocks wait for: steps of a ladder, misses, ends of pauses.

Many watches may call this at once. Each holds the rows it works on and skips those that
another holds, so one of them wins each clock.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, OuterRef, Subquery, When
from django.db.models.functions import Least

from answerable.sla.actions.books import clock_data
from answerable.sla.actions.repeating import next_updates, resume_used_up
from answerable.sla.actions.wire import wake_the_watch
from answerable.sla.core.ledger import Outcome, Verb
from answerable.sla.models import Clock, ClockEntry, EscalationStep
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.events import record
from answerable.tickets.models import Ticket, TicketEvent

AT_ONCE = 200
READ_WITH = ("ticket__customer", "ticket__merged_into", "plan_version")


@transaction.atomic
def wake_due(*, at: datetime) -> int:
    """Do what is due by `at` on up to 200 clocks, and return how many there were.

    A miss is stamped with the due instant, however late it is noticed, and announced once.
    """
    clocks = Clock.objects.to_wake(at).select_for_update(
        of=("self",), no_key=True, skip_locked=True
    )
    held = {clock.pk: clock for clock in clocks.select_related(*READ_WITH)[:AT_ONCE]}
    if not held:
        return 0
    paused = [pk for pk, clock in held.items() if clock.outcome == Outcome.PAUSED]
    resumed = resume_used_up(paused, at=at) if paused else []
    steps = list(EscalationStep.objects.waiting().filter(clock__in=held))
    late = {pk: clock for pk, clock in held.items() if _is_late(clock, at)}
    missed = _miss(late.values(), at)
    climbed = _climb(held, [step for step in steps if step.at <= at], at)
    _sleep({step.clock_id for step in steps} | (held.keys() - late.keys() - set(paused)))
    updates = next_updates(late.values(), at=at)
    record(*resumed, *missed, *updates, *climbed)
    return len(held)


def _is_late(clock: Clock, at: datetime) -> bool:
    return clock.outcome == Outcome.RUNNING and clock.due_at <= at


def _miss(late: Collection[Clock], at: datetime) -> list[TicketEvent]:
    if not late:
        return []
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


def _climb(
    held: Mapping[int, Clock], due: Sequence[EscalationStep], at: datetime
) -> list[TicketEvent]:
    """Take the steps of ladders that are due."""
    if due:
        EscalationStep.objects.filter(pk__in=[step.pk for step in due]).update(done_at=at)
    in_order = sorted(due, key=lambda step: (step.at, step.pk))
    return [_climbed(held[step.clock_id], step) for step in in_order]


def _climbed(clock: Clock, step: EscalationStep) -> TicketEvent:
    due_at = clock.due_at.isoformat()
    data = {"percent": step.percent, "tell": step.tell, "due_at": due_at}
    return TicketEvent(ticket=clock.ticket, verb=TicketVerb.ESCALATED, at=step.at, data=data)


def _sleep(waiting: Collection[int]) -> None:
    """Let each clock wait for its next step or, while it runs, for its due time."""
    if not waiting:
        return
    steps = EscalationStep.objects.waiting().filter(clock=OuterRef("pk"))
    next_step = Subquery(steps.order_by("at").values("at")[:1])
    due = Case(When(outcome=Outcome.RUNNING, then=F("due_at")))
    Clock.objects.filter(pk__in=waiting).update(wake_at=Least(next_step, due))


@transaction.atomic
def stop_ladder(event: TicketEvent) -> None:
    """Stop the rest of a ticket's ladder: somebody has claimed the ticket."""
    clocks = Clock.objects.select_for_update(no_key=True).filter(ticket=event.ticket_id)
    for clock in clocks.filter(wake_at__isnull=False):
        if not clock.steps.waiting().update(stopped_at=event.at):
            continue
        clock.wake_at = clock.due_at if clock.outcome == Outcome.RUNNING else None
        clock.save(update_fields=["wake_at"])
        record(
            TicketEvent(
                ticket=event.ticket,
                verb=TicketVerb.LADDER_STOPPED,
                agent=event.agent,
                at=event.at,
            )
        )


@transaction.atomic
def resume_ladder(event: TicketEvent) -> None:
    """Let the rest of a ladder run again: nobody has the ticket any more.

    What would have been told while somebody had it is not caught up. A ticket that is resolved,
    answered or no longer critical needs no ladder.
    """
    ticket = event.ticket
    if ticket.state == Ticket.State.RESOLVED:
        return
    clocks = Clock.objects.select_for_update(no_key=True).filter(ticket=ticket)
    waiting = clocks.filter(metric=Clock.Metric.FIRST_RESPONSE, answered_at=None)
    for clock in waiting.exclude(outcome=Outcome.VOID):
        if not clock.plan_version.terms.is_critical(ticket.severity):
            return
        ahead = clock.steps.stopped_ahead_of(event.at).order_by("at")
        first = ahead.values_list("at", flat=True).first()
        if first is None:
            return
        ahead.update(stopped_at=None)
        _sleep([clock.pk])
        wake_the_watch()
        record(
            TicketEvent(
                ticket=ticket,
                verb=TicketVerb.LADDER_RESUMED,
                agent=event.agent,
                at=event.at,
                data={"next_at": first.isoformat()},
            )
        )
