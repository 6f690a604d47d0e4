"""Stops clocks when what they measure was done, or when nobody waits for it any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerable.accounts.models import Agent
from answerable.entitlements.core.plan import Metric
from answerable.entitlements.core.promised import is_summary
from answerable.lib.ready import Given, Ready
from answerable.sla.actions.books import Book
from answerable.sla.actions.pausing import resume
from answerable.sla.core.ledger import Entry, Outcome, Verb
from answerable.sla.core.metrics import MEASURES, Closing
from answerable.sla.core.response import Said, is_response, is_word
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.models import Message, TicketEvent

STOPPING = {Verb.MEET, Verb.CORRECT, Verb.ANSWER}
TURNS = {Metric.FIRST_RESPONSE, Metric.NEXT_RESPONSE}
# Only what was sent after they began stops them.
ANSWERING = TURNS | {Metric.PROMISED_UPDATE}
SENT = Ready(
    lambda: TicketEvent.objects.filter(
        message=Given("message"), verb=TicketVerb.ANSWERED.value
    ).order_by("pk")[:1]
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said in an event that may be a response, and where in the log it was sent."""

    said: Said | None
    sent: int | None = None


def stop(
    books: Sequence[Book], event: TicketEvent, heard: Heard, *, at: datetime
) -> list[Book]:
    """Stop the clocks that an event stops, at its instant, and return them.

    In time they are met. Late, they are missed at their due instant, whether or not the watch
    has stamped that yet. If the watch stamped a miss before the news of a stop in time arrived,
    that is corrected. `at` is when this is recorded.
    """
    stopped = []
    for book in books:
        if not (_stops(book, event, heard) and _may_stop(book, event, heard)):
            continue
        instant = _instant(event)
        if book.state.paused_at and instant > book.state.paused_at:
            resume(book, event, instant, at)
        verbs = _verbs(book, instant)
        for verb in verbs:
            due_at = book.state.due_at
            book.write(Entry(verb, due_at if verb == Verb.MISS else instant), event, at)
        stopped += [book] if verbs else []
    return stopped


def close(books: Sequence[Book], event: TicketEvent, *, at: datetime) -> None:
    """Void the clocks that nobody waits for any more, now that a ticket is resolved.

    A reply that was never sent is still due when we resolve a ticket, and missed in its time;
    only its customer lets us off it (domain.md E4).
    """
    enders = {Closing.ANYBODY, *([] if event.agent_id else [Closing.CUSTOMER])}
    for book in books:
        if MEASURES[book.clock.metric].closing in enders and book.is_unfinished:
            reason = "resolved" if event.agent_id else "customer_closed"
            book.write(Entry(Verb.VOID, event.at), event, at, reason=reason)


def void(books: Sequence[Book], event: TicketEvent, *, at: datetime, reason: str) -> None:
    """Void unfinished clocks for a reason."""
    for book in books:
        if book.is_unfinished:
            book.write(Entry(Verb.VOID, event.at), event, at, reason=reason)


def heard_in(event: TicketEvent) -> Heard:
    """Return what was said in an event, if anything was that could be a response."""
    message = event.message
    if event.verb == TicketVerb.DELIVERED and message and message.kind == Message.Kind.REPLY:
        sent = SENT.first(message=message.pk)
        told = sent.data if sent else {}
        said = Said(
            event.verb,
            by_person=message.agent_id is not None,
            by_assignee=told.get("assignee") == message.agent_id,
            is_bulk=told.get("sort") == "bulk",
        )
        return Heard(said, sent.pk if sent else None)
    if event.verb in {TicketVerb.CALL_CONNECTED, TicketVerb.CALL_ATTEMPTED}:
        said = Said(
            event.verb,
            by_person=event.agent_id is not None,
            by_assignee=event.ticket.assignee_id == event.agent_id,
            is_voicemail=event.data.get("result") == "voicemail",
            seconds=event.data.get("seconds", 0),
        )
        return Heard(said)
    return Heard(None)


def _stops(book: Book, event: TicketEvent, heard: Heard) -> bool:
    """Say whether an event is what a clock waits for."""
    metric = book.clock.metric
    measure = MEASURES[metric]
    if metric == Metric.WORKAROUND and event.verb == TicketVerb.DELIVERED:
        return _carries_workaround(event)
    if event.verb not in measure.stops:
        return False
    if metric == Metric.WORKAROUND and event.verb == TicketVerb.WORKAROUND_GIVEN:
        return event.message is not None and event.message.delivered_at is not None
    if _is_refused(metric, event):
        return False
    return not measure.by_response or (heard.said is not None and _counts(book, heard.said))


def _counts(book: Book, said: Said) -> bool:
    """Say whether something that was said counts for a clock."""
    if book.clock.metric == Metric.PROMISED_UPDATE:
        return is_word(said, in_writing=is_summary(book.clock.target))
    return is_response(book.terms.response, said)


def _is_refused(metric: str, event: TicketEvent) -> bool:
    """Say whether it comes from nobody who may stop a clock: another look needs a lead, and an
    attempt to call keeps a promise where the plan says so."""
    if metric == Metric.CALLBACK_START:
        return not event.data.get("keeps", True)
    return metric == Metric.ESCALATION_RESPONSE and not _is_lead(event.agent)


def _carries_workaround(event: TicketEvent) -> bool:
    given = TicketEvent.objects.filter(
        message=event.message_id, verb=TicketVerb.WORKAROUND_GIVEN
    )
    return event.message_id is not None and given.exists()


def _is_lead(agent: Agent | None) -> bool:
    return agent is not None and agent.role != Agent.Role.AGENT


def _may_stop(book: Book, event: TicketEvent, heard: Heard) -> bool:
    """Say whether an event came after what started the clock.

    A reply answers what its writer could have read: not what came in after it was sent.
    """
    if _instant(event) < book.state.started_at:
        return False
    if book.clock.metric not in ANSWERING or heard.sent is None or book.begun_by is None:
        return True
    return book.clock.ticket_id != event.ticket_id or book.begun_by < heard.sent


def _instant(event: TicketEvent) -> datetime:
    """Return when an event counts: a workaround when its reply arrived."""
    if event.verb == TicketVerb.WORKAROUND_GIVEN and event.message:
        return event.message.delivered_at or event.at
    return event.at


def _verbs(book: Book, answered: datetime) -> list[Verb]:
    """Return what a stop at an instant means for a clock: nothing when it ended before."""
    state = book.state
    in_time = answered <= state.due_at
    match state.outcome:
        case Outcome.PAUSED:
            return [Verb.MEET]
        case Outcome.RUNNING:
            return [Verb.MEET] if in_time else [Verb.MISS, Verb.ANSWER]
        case Outcome.MISSED if in_time:
            return [Verb.CORRECT]
        case Outcome.MISSED if state.answered_at is None:
            return [Verb.ANSWER]
    return []
