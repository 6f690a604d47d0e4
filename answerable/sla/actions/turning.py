"""Starts the clocks of what comes after the opening: turns, updates, calls, chats, appeals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from answerable.entitlements.core.eligibility import Facts, Verdict
from answerable.entitlements.core.plan import Metric, Target, Terms
from answerable.lib.ready import Given, Ready
from answerable.sla.actions.books import Book
from answerable.sla.actions.keeping import TURNS, Heard
from answerable.sla.actions.promising import CREATED, decision_of
from answerable.sla.actions.starting import Start
from answerable.sla.actions.updating import promised_by_us
from answerable.sla.core.ledger import Entry, Verb
from answerable.sla.core.metrics import MEASURES, SEVERITY_SET
from answerable.sla.facts import facts_as_json
from answerable.sla.judging import Pinned, better, judged_again, judged_now, pinned_by, row_of
from answerable.sla.models import Clock, Decision
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.models import Message, Ticket, TicketEvent

FIRST_REPLY = Ready(
    lambda: Clock.objects.filter(
        ticket=Given("ticket"), metric=Metric.FIRST_RESPONSE.value
    ).only("pk")[:1]
)
ASKED = {
    TicketVerb.CALL_ASKED: Metric.CALLBACK_START,
    TicketVerb.CHAT_ASKED: Metric.CHAT_PICKUP,
    TicketVerb.ANOTHER_LOOK_ASKED: Metric.ESCALATION_RESPONSE,
}


def begun_by(
    event: TicketEvent, books: Sequence[Book], heard: Heard, *, at: datetime
) -> list[Start]:
    """Return the clocks that an event of a ticket's later life starts."""
    starts: list[Start] = []
    match event.verb:
        case TicketVerb.WROTE:
            starts = _turn(event, books)
        case TicketVerb.DELIVERED if heard.said:
            starts = [*_turn_of_unseen(event, books), *_next_update(event, books, at)]
        case TicketVerb.REOPENED:
            turn = _turn(event, books) if event.contact_id else []
            starts = [*turn, *_updates_again(event, books)]
        case TicketVerb.UPDATE_PROMISED | TicketVerb.CALL_CONNECTED:
            starts = promised_by_us(books, event, at=at)
        case verb if verb in ASKED:
            starts = _asked(event, books, ASKED[TicketVerb(verb)])
        case verb if verb in SEVERITY_SET and event.agent_id:
            starts = _since_severity(event)
    return starts


def _turn(event: TicketEvent, books: Sequence[Book]) -> list[Start]:
    """Return the clock of a next reply, unless an older message waits for one (E53)."""
    waits = any(book.is_awaited and book.clock.metric in TURNS for book in books)
    if waits or not was_answered(event.ticket, books):
        return []
    return _judged(event, Metric.NEXT_RESPONSE)


def _turn_of_unseen(event: TicketEvent, books: Sequence[Book]) -> list[Start]:
    """Return the clock of a next reply to what the writer of a reply had not read."""
    if event.ticket.state == Ticket.State.WAITING or any(
        book.is_awaited and book.clock.metric in TURNS for book in books
    ):
        return []
    oldest = oldest_unanswered(event.ticket)
    return judged_turn(event, oldest) if oldest else []


def judged_turn(event: TicketEvent, oldest: TicketEvent) -> list[Start]:
    """Return the clock of a next reply from an older event of the same ticket on."""
    oldest.ticket = event.ticket
    return _judged(oldest, Metric.NEXT_RESPONSE)


def oldest_unanswered(ticket: Ticket) -> TicketEvent | None:
    """Return the oldest message of a customer that no reply answers that arrived, or None.

    A reply answers what was written before it was sent. What was dismissed or split off needs
    no answer here.
    """
    log = TicketEvent.objects.filter(ticket=ticket)
    back = log.filter(verb=TicketVerb.UNDELIVERED).values("message")
    sent = log.filter(verb=TicketVerb.ANSWERED, message__delivered_at__isnull=False)
    last = sent.exclude(message__in=back).aggregate(last=Max("pk"))["last"] or 0
    settled = log.filter(verb__in=[TicketVerb.DISMISSED, TicketVerb.SPLIT]).values("message")
    wrote = log.filter(verb=TicketVerb.WROTE, pk__gt=last).exclude(message__in=settled)
    return wrote.select_related("contact", "message").order_by("pk").first()


def _next_update(event: TicketEvent, books: Sequence[Book], at: datetime) -> list[Start]:
    """Return the next interval of status updates, which an update begins."""
    ours = [book for book in books if book.clock.metric == Metric.STATUS_UPDATE]
    updated = [book for book in ours if any(line.event == event for line in book.new)]
    if not updated or event.ticket.state == Ticket.State.RESOLVED:
        return []
    for book in ours:
        if book.is_unfinished and book.state.started_at > event.at:
            line = Entry(Verb.VOID, max(event.at, book.state.started_at))
            book.write(line, event, at, reason="updated_before")
    book = updated[-1]
    row = book.terms.target(book.clock.target)
    return [_start(event, row, book)] if row.every else []


def _start(event: TicketEvent, row: Target, book: Book) -> Start:
    return started(event, row, book.terms, book.clock.plan_version_id)


def _asked(event: TicketEvent, books: Sequence[Book], metric: str) -> list[Start]:
    """Return the clock of what a customer asks for; who asks twice keeps their place (E75)."""
    if any(book.is_awaited and book.clock.metric == metric for book in books):
        return []
    return _judged(event, metric)


def _judged(event: TicketEvent, metric: str) -> list[Start]:
    """Return the clock of a metric as it is promised at an event, and store the decision."""
    pinned = pinned_by(event.ticket_id)
    facts, verdict = best_verdict(pinned, event, metric)
    row = row_of(verdict, metric)
    if row is None and not any(refusal.metric == metric for refusal in verdict.refusals):
        return []
    decision = decision_of(event, verdict, row, facts_as_json(facts), Decision.Cause.TURN)
    decision.metric, decision.at = metric, event.at
    decision.save()
    bought = verdict.bought
    return [started(event, row, bought.terms, bought.version)] if row and bought else []


def best_verdict(
    pinned: Pinned | None, event: TicketEvent, metric: str
) -> tuple[Facts, Verdict]:
    """Return what is promised for an event: to who asked the ticket, or to who did this, when
    that is more and we know that it was them (E32)."""
    ticket = event.ticket
    facts, verdict = judged_now(pinned, ticket, ticket.requester, event.at)
    known = event.message is None or event.message.verified
    if event.contact_id in {None, ticket.requester_id} or not known:
        return facts, verdict
    theirs = judged_now(pinned, ticket, event.contact, event.at)
    return (
        theirs
        if better(row_of(theirs[1], metric), row_of(verdict, metric))
        else (facts, verdict)
    )


def started(event: TicketEvent, row: Target, terms: Terms, version: int) -> Start:
    """Return the clock of a row that an event starts at its instant."""
    return Start(
        ticket=event.ticket,
        metric=row.metric,
        target=row,
        terms=terms,
        version=version,
        starts_at=event.at,
        cause=event,
    )


def was_answered(ticket: Ticket, books: Sequence[Book]) -> bool:
    """Say whether the first reply is over: answered, or no longer waited for."""
    firsts = [book for book in books if book.clock.metric == Metric.FIRST_RESPONSE]
    if any(book.is_awaited for book in firsts):
        return False
    return FIRST_REPLY.first(ticket=ticket.pk) is not None or has_reply(ticket)


def has_reply(ticket: Ticket) -> bool:
    """Say whether a reply of ours arrived."""
    arrived = TicketEvent.objects.filter(ticket=ticket, verb=TicketVerb.DELIVERED)
    return arrived.filter(message__kind=Message.Kind.REPLY).exists()


def _updates_again(event: TicketEvent, books: Sequence[Book]) -> list[Start]:
    """Return the status updates of a ticket that is opened again."""
    pinned = pinned_by(event.ticket_id)
    running = any(b.is_unfinished and b.clock.metric == Metric.STATUS_UPDATE for b in books)
    if running or not (
        pinned and pinned.version and pinned.version.terms.of_metric("status_update")
    ):
        return []
    return [
        start for start in _of_opening(event, pinned) if start.metric == Metric.STATUS_UPDATE
    ]


def _since_severity(event: TicketEvent) -> list[Start]:
    """Return what waited for us to set a severity, and now starts."""
    pinned = pinned_by(event.ticket_id)
    terms = pinned.terms if pinned else None
    if pinned is None or terms is None or all(row.starts == CREATED for row in terms.targets):
        return []
    had = set(Clock.objects.filter(ticket=event.ticket).values_list("metric", flat=True))
    return [
        start
        for start in _of_opening(event, pinned)
        if start.target.starts != CREATED and start.metric not in had
    ]


def _of_opening(event: TicketEvent, pinned: Pinned) -> list[Start]:
    """Return clocks from an event on, for each row that the first decision promises now."""
    terms, version = pinned.terms, pinned.version
    if terms is None or version is None:
        return []
    verdict = judged_again(pinned.decision, terms, event.ticket, event.ticket.severity)
    rows = [row for row in (verdict.target, *verdict.others) if row]
    opened = [row for row in rows if "opened" in MEASURES[row.metric].starts]
    return [started(event, row, terms, version.pk) for row in opened]
