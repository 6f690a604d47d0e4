"""Writes bulk replies, and sends them: on each ticket once, as an ordinary reply.

Each ticket is a transaction of its own, in which its row says what became of it: who is killed
meanwhile goes on where it was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from answerable.accounts.models import Agent
from answerable.incidents.access import ALL
from answerable.incidents.actions.held import NothingSaid, hold, texts
from answerable.incidents.actions.wire import SEND_BULK, wake
from answerable.incidents.models import BulkReply, BulkTicket, Incident
from answerable.incidents.replies import WITH_TICKET, answerable_tickets, grace_for, text_on
from answerable.live.events import Changed, publish
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Answer, Empty, NewerMessages, Sort, TooLong
from answerable.tickets.models import Ticket, TicketEvent

State = BulkReply.State
Row = BulkTicket.State
Why = BulkTicket.Why
AT_ONCE = 50


class NotPublic(Exception):
    """The incident has no status page that a reply could lead to (domain.md E10)."""


class NotOpen(Exception):
    """The bulk reply was sent, or taken back, meanwhile."""


@transaction.atomic
def draft_bulk(
    incident: Incident,
    said: Mapping[str, str],
    *,
    agent: Agent,
    at: datetime,
    resolves: bool = False,
) -> BulkReply:
    """Draft a reply to all open tickets of an incident, by language. Nothing is sent.

    Raises NothingSaid or TooLong, and NotPublic.
    """
    incident = hold(incident)
    kept = texts(said)
    if not kept:
        raise NothingSaid
    if not incident.is_public:
        raise NotPublic
    bulk = BulkReply.objects.create(
        incident=incident,
        agent=agent,
        texts=kept,
        resolves=resolves,
        seen=_newest(),
        made_at=at,
    )
    numbers = answerable_tickets(incident).order_by("pk").values_list("pk", flat=True)
    BulkTicket.objects.bulk_create(
        (BulkTicket(bulk=bulk, ticket_id=number) for number in numbers.distinct()),
        batch_size=1000,
    )
    publish(Changed(ALL))
    return bulk


@transaction.atomic
def rewrite_bulk(
    bulk: BulkReply, said: Mapping[str, str], *, resolves: bool, at: datetime
) -> BulkReply:
    """Write a draft anew. Raises NotOpen, NothingSaid or TooLong."""
    bulk, kept = _held(bulk, State.DRAFT), texts(said)
    if not kept:
        raise NothingSaid
    bulk.texts, bulk.resolves, bulk.made_at = kept, resolves, at
    bulk.save(update_fields=["texts", "resolves", "made_at"])
    return bulk


@transaction.atomic
def choose_tickets(bulk: BulkReply, shown: Collection[int], chosen: Collection[int]) -> None:
    """Leave out those of the shown tickets that were not chosen. Raises NotOpen."""
    rows = _held(bulk, State.DRAFT).rows.filter(ticket__in=shown)
    rows.filter(ticket__in=chosen).update(state=Row.WAITING)
    rows.exclude(ticket__in=chosen).update(state=Row.LEFT_OUT)


@transaction.atomic
def send_bulk(bulk: BulkReply, *, at: datetime) -> BulkReply:
    """Let a draft go out once it can no longer be taken back; a stopped one goes on at once.

    Raises NotOpen.
    """
    bulk = _held(bulk, State.DRAFT, State.STOPPED)
    is_fresh = bulk.state == State.DRAFT
    numbers = bulk.rows.filter(state=Row.WAITING).values_list("ticket", flat=True)
    bulk.leaves_at = at + grace_for(numbers, at) if is_fresh else at
    bulk.state = State.SENDING
    bulk.save(update_fields=["state", "leaves_at"])
    wake(SEND_BULK, bulk.pk, at=bulk.leaves_at if bulk.leaves_at > at else None)
    publish(Changed(ALL))
    return bulk


@transaction.atomic
def stop_bulk(bulk: BulkReply, *, at: datetime) -> BulkReply:
    """Take a bulk reply back before it leaves: it is a draft again. Later, stop what is left.

    Raises NotOpen when all of it was sent.
    """
    bulk = _held(bulk, State.SENDING)
    is_early = bulk.leaves_at is not None and at < bulk.leaves_at
    untouched = not bulk.rows.filter(state__in=[Row.SENT, Row.CHANGED]).exists()
    bulk.state = State.DRAFT if is_early and untouched else State.STOPPED
    bulk.leaves_at = None
    bulk.save(update_fields=["state", "leaves_at"])
    publish(Changed(ALL))
    return bulk


def go_on_with_bulk(number: int, *, at: datetime) -> bool:
    """Send the next of a bulk reply, and return whether there may be more of it now."""
    for _each in range(AT_ONCE):
        if not _send_next(number, at):
            break
    publish(Changed(ALL))
    going = BulkReply.objects.under_way().filter(pk=number, leaves_at__lte=at)
    return going.exists()


@transaction.atomic
def _send_next(number: int, at: datetime) -> bool:
    """Send on one ticket, and return whether there may be another.

    The reply's row is held, so that two runs take turns, and stopping it waits for the ticket
    in hand.
    """
    going = BulkReply.objects.under_way().filter(pk=number, leaves_at__lte=at)
    bulk = going.select_related("incident", "agent").first()
    if bulk is None or not _is_still_going(number):
        return False
    waiting = BulkTicket.objects.filter(bulk=number, state=Row.WAITING).order_by("pk")
    row = waiting.select_related(*WITH_TICKET).first()
    if row is None:
        _finish(bulk, at)
        return False
    _send_on(bulk, row, at)
    row.save(update_fields=["state", "why", "message"])
    return True


def _is_still_going(number: int) -> bool:
    """Hold a bulk reply against being stopped, and say whether it goes on."""
    held = BulkReply.objects.select_for_update(no_key=True).filter(pk=number)
    return held.filter(state=State.SENDING).exists()


def _finish(bulk: BulkReply, at: datetime) -> None:
    bulk.state, bulk.ended_at = State.DONE, at
    bulk.save(update_fields=["state", "ended_at"])


def _send_on(bulk: BulkReply, row: BulkTicket, at: datetime) -> None:
    """Send on a row's ticket, or note on the row why not."""
    row.state, row.why = Row.CHANGED, _hindered(bulk, row.ticket)
    if row.why:
        return
    said = Answer(bulk.agent, text_on(bulk, row.ticket), bulk.seen, Sort.BULK)
    try:
        row.message = tickets.send(row.ticket, said, at=at)
    except NewerMessages:
        row.why = Why.WRITTEN
    except (Empty, TooLong):
        row.why = Why.UNSENDABLE
    else:
        row.state = Row.SENT
        if bulk.resolves:
            tickets.resolve(row.ticket, agent=bulk.agent, contact=None, reason="", at=at)


def _hindered(bulk: BulkReply, ticket: Ticket) -> str:
    if not ticket.incident_links.filter(incident=bulk.incident, unlinked_at=None).exists():
        return Why.UNLINKED
    return "" if answerable_tickets(bulk.incident).filter(pk=ticket.pk).exists() else Why.OVER


def _held(bulk: BulkReply, *states: str) -> BulkReply:
    held = BulkReply.objects.select_for_update(no_key=True).get(pk=bulk.pk)
    if held.state not in states:
        raise NotOpen
    return held


def _newest() -> int:
    return TicketEvent.objects.aggregate(last=Max("pk"))["last"] or 0
