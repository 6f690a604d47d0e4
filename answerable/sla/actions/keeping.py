"""Stops clocks: a reply was accepted by the outgoing server, or a claim was decided."""

from __future__ import annotations

from datetime import datetime

from answerable.sla.actions.promising import clock_data
from answerable.sla.core.ledger import Outcome, Verb
from answerable.sla.models import Clock, ClockEntry
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.events import record
from answerable.tickets.models import TicketEvent

SAYS = {
    Verb.MEET: TicketVerb.CLOCK_MET,
    Verb.MISS: TicketVerb.CLOCK_MISSED,
    Verb.CORRECT: TicketVerb.CLOCK_CORRECTED,
}


def answer_clock(event: TicketEvent, *, at: datetime) -> None:
    """Stop the first-reply clock at the instant of a delivered reply (`event.at`).

    In time it is met. Late, it is missed at its due instant, whether or not the watch has
    stamped it yet. If the watch stamped a miss before the news of a reply in time arrived, that
    is corrected. `at` is when this is recorded.
    """
    _stop(event, Clock.Metric.FIRST_RESPONSE, at)


def meet_triage(event: TicketEvent, *, at: datetime) -> None:
    """Stop the clock of the decision on a claim at the instant of the decision."""
    _stop(event, Clock.Metric.TRIAGE, at)


def _stop(event: TicketEvent, metric: str, at: datetime) -> None:
    clocks = Clock.objects.select_for_update(no_key=True)
    clock = clocks.filter(ticket=event.ticket_id, metric=metric).first()
    verbs = _verbs(clock, event.at) if clock else []
    if clock is None or not verbs:
        return
    events = [_write(clock, verb, event, at) for verb in verbs]
    clock.answered_at = event.at
    clock.wake_at = None
    clock.save(update_fields=["outcome", "met_at", "missed_at", "answered_at", "wake_at"])
    clock.steps.waiting().update(stopped_at=event.at)
    record(*[told for told in events if told])


def _verbs(clock: Clock, answered: datetime) -> list[Verb]:
    """Return what an answer at an instant means for a clock: nothing when it ended before."""
    in_time = answered <= clock.due_at
    if clock.outcome == Outcome.RUNNING:
        return [Verb.MEET] if in_time else [Verb.MISS, Verb.ANSWER]
    if clock.outcome != Outcome.MISSED:
        return []
    if in_time:
        return [Verb.CORRECT]
    return [] if clock.answered_at else [Verb.ANSWER]


def _write(clock: Clock, verb: Verb, event: TicketEvent, at: datetime) -> TicketEvent | None:
    instant = clock.due_at if verb == Verb.MISS else event.at
    if verb in {Verb.MEET, Verb.CORRECT}:
        clock.outcome, clock.met_at, clock.missed_at = Outcome.MET, instant, None
    if verb == Verb.MISS:
        clock.outcome, clock.missed_at = Outcome.MISSED, instant
    ClockEntry.objects.create(
        clock=clock, verb=verb, at=instant, recorded_at=at, agent=event.agent, event=event
    )
    if verb not in SAYS:
        return None
    data = clock_data(clock)
    return TicketEvent(
        ticket=event.ticket, verb=SAYS[verb], agent=event.agent, at=instant, data=data
    )
