"""Stops clocks when a reply was accepted or a claim decided; starts them again on a bounce."""

from __future__ import annotations

from datetime import datetime

from answerable.sla.actions.promising import clock_data
from answerable.sla.actions.wire import wake_the_watch
from answerable.sla.core.ledger import Outcome, Verb
from answerable.sla.models import Clock, ClockEntry
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.events import record
from answerable.tickets.models import Message, TicketEvent

STOPPED = ["outcome", "met_at", "missed_at", "answered_at", "wake_at"]
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


def take_back(event: TicketEvent, *, at: datetime) -> None:
    """Let the first-reply clock wait again when the reply that stopped it came back.

    It is due when it was (domain.md E7), and missed if that has passed. Another reply that
    arrived stops it in its stead.
    """
    clocks = Clock.objects.select_for_update(no_key=True)
    clock = clocks.filter(ticket=event.ticket_id, metric=Clock.Metric.FIRST_RESPONSE).first()
    if clock is None or not _was_stopped_by(clock, event.message):
        return
    ClockEntry.objects.create(
        clock=clock, verb=Verb.REOPEN, at=event.at, recorded_at=at, event=event
    )
    if clock.outcome == Outcome.MET:
        clock.outcome, clock.met_at, clock.wake_at = Outcome.RUNNING, None, clock.due_at
    clock.answered_at = None
    clock.save(update_fields=STOPPED)
    arrived = TicketEvent.objects.filter(ticket=event.ticket_id, verb=TicketVerb.DELIVERED)
    returned = arrived.filter(message__events__verb=TicketVerb.UNDELIVERED)
    replies = arrived.filter(message__kind=Message.Kind.REPLY).exclude(pk__in=returned)
    for other in replies.order_by("at", "pk")[:1]:
        answer_clock(other, at=at)
    wake_the_watch()


def _was_stopped_by(clock: Clock, message: Message | None) -> bool:
    last = clock.entries.select_related("event").order_by("-pk").first()
    return (
        last is not None
        and last.verb in {Verb.MEET, Verb.CORRECT, Verb.ANSWER}
        and last.event is not None
        and last.event.message_id == (message.pk if message else None)
    )


def _stop(event: TicketEvent, metric: str, at: datetime) -> None:
    clocks = Clock.objects.select_for_update(no_key=True)
    clock = clocks.filter(ticket=event.ticket_id, metric=metric).first()
    verbs = _verbs(clock, event.at) if clock else []
    if clock is None or not verbs:
        return
    events = [_write(clock, verb, event, at) for verb in verbs]
    clock.answered_at = event.at
    clock.wake_at = None
    clock.save(update_fields=STOPPED)
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
