"""What waits for an agent: chats, callers and critical tickets, as the choosing core sees them.

Each kind is a few rows at any time, each found by an index of those that are open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet

from answerable.channels.chat.models import Chat
from answerable.channels.voice.models import Call, Transfer
from answerable.routing.core.choosing import ANYBODY, Wait
from answerable.routing.models import Ability, Offer, QueueEntry, Skill
from answerable.sla.models import Clock
from answerable.tickets.models import Callback, Message, Ticket

Kind, Metric = Offer.Kind, Clock.Metric
MOST = 500  # of a kind are looked at, those that have waited longest
# When somebody should begin, where no clock says so: a caller hears it ring.
UNPROMISED = {
    Kind.CHAT: timedelta(minutes=3),
    Kind.CALLBACK: timedelta(minutes=10),
    Kind.CALL: timedelta(0),
    Kind.CRITICAL: timedelta(0),
    Kind.HANDED: timedelta(0),
}
# For how long an offer rings (ux.md 8.10). What is promised must be begun one ring before it is
# due.
RINGS = {
    Kind.CHAT: timedelta(seconds=20),
    Kind.CALLBACK: timedelta(seconds=30),
    Kind.CALL: timedelta(seconds=30),
    Kind.CRITICAL: timedelta(seconds=30),
    Kind.HANDED: timedelta(seconds=30),
}
METRICS = {Kind.CHAT: Metric.CHAT_PICKUP, Kind.CALLBACK: Metric.CALLBACK_START}
TURNED_DOWN = (Offer.Outcome.DECLINED, Offer.Outcome.MISSED)

Thing = Chat | Callback | Call | Ticket
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits, its ticket, and since when."""

    kind: str
    thing: Thing
    ticket: Ticket
    since: datetime
    transfer: Transfer | None = None  # of a call that a colleague hands on

    @property
    def key(self) -> Key:
        """What it is known by."""
        return self.kind, self.thing.pk


def chats_waiting() -> QuerySet[Chat]:
    """Return the chats in which nobody of ours is, the longest wait first."""
    return Chat.objects.open().filter(agent=None).order_by("asked_at", "pk")


def callbacks_waiting(at: datetime) -> QuerySet[Callback]:
    """Return the calls that are wanted by now and that nobody makes, the longest wait first."""
    going = Call.objects.going_on().filter(callback__isnull=False).values("callback")
    waiting = Callback.objects.due_by(at).exclude(pk__in=going)
    return waiting.order_by("asked_at", "pk")


def calls_waiting() -> QuerySet[Call]:
    """Return the calls to our number that ring, and that nobody of ours has."""
    ringing = Call.objects.going_on().filter(is_inbound=True, agent=None)
    return ringing.order_by("dialled_at", "pk")


def critical_waiting() -> QuerySet[Ticket]:
    """Return the business-critical tickets that nobody has."""
    entries = QueueEntry.objects.filter(band=QueueEntry.Band.NOW, assignee=None)
    return Ticket.objects.filter(queue_entry__in=entries).order_by("pk")


def transfers_waiting() -> QuerySet[Transfer]:
    """Return the calls that are handed on, and that nobody takes over yet."""
    return Transfer.objects.open().filter(taken_by=None).order_by("asked_at", "pk")


def waiting_at(at: datetime) -> list[Waiting]:
    """Return all that waits for an agent at an instant. Five queries."""
    chats = chats_waiting().select_related("ticket__customer")[:MOST]
    callbacks = callbacks_waiting(at).select_related("ticket__customer")[:MOST]
    calls = calls_waiting().select_related("ticket__customer")[:MOST]
    critical = critical_waiting().select_related("customer", "queue_entry")[:MOST]
    handed = transfers_waiting().select_related("call__ticket__customer")[:MOST]
    return [
        *(Waiting(Kind.HANDED, one.call, one.call.ticket, one.asked_at, one) for one in handed),
        *(Waiting(Kind.CALL, one, one.ticket, one.dialled_at) for one in calls),
        *(Waiting(Kind.CRITICAL, one, one, _since(one)) for one in critical),
        *(Waiting(Kind.CHAT, one, one.ticket, one.asked_at) for one in chats),
        *(Waiting(Kind.CALLBACK, one, one.ticket, one.asked_at or at) for one in callbacks),
    ]


def waits_of(waiting: Sequence[Waiting]) -> list[Wait]:
    """Return what waits as the choosing core sees it. Six queries at the most, and one more
    while calls of the telephone are handed on."""
    if not waiting:
        return []
    tickets = {one.ticket.pk: one.ticket for one in waiting}
    due, needed = _due(tickets), _skills()
    known, said_no = _known(tickets), _turned_down(tickets)
    return [
        Wait(
            kind=one.kind,
            key=one.thing.pk,
            since=one.since,
            act_by=_act_by(one, due),
            language=one.ticket.language,
            skills=needed[one.ticket.product] | _asked_for(one),
            knows=known[one.ticket.pk],
            turned_down=_since_asked(one, said_no[one.key]),
            only=_only(one),
        )
        for one in waiting
    ]


def _act_by(one: Waiting, due: Mapping[tuple[int, str], datetime]) -> datetime:
    kind = Kind(one.kind)
    due_at = due.get((one.ticket.pk, METRICS[kind])) if kind in METRICS else None
    return due_at - RINGS[kind] if due_at else one.since + UNPROMISED[kind]


def _due(tickets: Iterable[int]) -> dict[tuple[int, str], datetime]:
    """Return when a chat or a call on each ticket is due, where that was promised."""
    clocks = Clock.objects.awaited().filter(ticket__in=tickets, metric__in=METRICS.values())
    rows = clocks.values_list("ticket", "metric", "due_at")
    return {(ticket, metric): due_at for ticket, metric, due_at in rows}


def _skills() -> dict[str, frozenset[str]]:
    """Return which skills a ticket about each product needs."""
    needed: dict[str, frozenset[str]] = defaultdict(frozenset)
    for skill in Skill.objects.all():
        for product in skill.products:
            needed[product] |= {skill.key}
    return needed


def _known(tickets: Mapping[int, Ticket]) -> dict[int, tuple[int, ...]]:
    """Return who knows each ticket, the best first: who has it, the account manager, who wrote
    last on it or on the one that it continues."""
    about = {pk: (pk, ticket.follows_id or pk) for pk, ticket in tickets.items()}
    asked = {number for pair in about.values() for number in pair}
    replies = Message.objects.filter(ticket__in=asked, kind=Message.Kind.REPLY)
    wrote = replies.filter(agent__isnull=False).values_list("ticket", "agent").order_by("pk")
    last = dict(wrote)
    return {
        pk: tuple(
            number
            for number in (
                ticket.assignee_id,
                ticket.customer.account_manager_id if ticket.customer else None,
                *(last.get(number) for number in about[pk]),
            )
            if number is not None
        )
        for pk, ticket in tickets.items()
    }


def _turned_down(tickets: Iterable[int]) -> dict[Key, dict[int, datetime]]:
    """Return who had what offered and did not take it, and when they last did not."""
    # Who took a call that waits again did not answer their own telephone.
    gave_back = Q(outcome=Offer.Outcome.TAKEN, call__agent=None, call__ended_at=None)
    is_no = Q(outcome__in=TURNED_DOWN) | Q(call__isnull=False) & gave_back
    offers = Offer.objects.filter(is_no, ticket__in=tickets)
    rows = offers.values_list("kind", "chat", "callback", "call", "ticket", "agent")
    found: dict[Key, dict[int, datetime]] = defaultdict(dict)
    for kind, chat, callback, call, ticket, agent, last in rows.annotate(last=Max("ended_at")):
        found[kind, chat or callback or call or ticket][agent] = last
    return found


def _since_asked(one: Waiting, said_no: Mapping[int, datetime]) -> Mapping[int, datetime]:
    """Return who turned something down; a call that is handed on anew is offered anew."""
    if one.transfer is None:
        return said_no
    since = one.transfer.asked_at
    return {agent: at for agent, at in said_no.items() if at >= since}


def _asked_for(one: Waiting) -> frozenset[str]:
    """Return for which skill a chat or a call was handed on."""
    skill = one.thing.skill if isinstance(one.thing, Chat) else ""
    skill = one.transfer.skill if one.transfer else skill
    return frozenset([skill]) if skill else frozenset()


def _only(one: Waiting) -> frozenset[int]:
    """Return to whom alone a call is handed on: to a colleague, or, by telephone, to whoever
    has one."""
    if one.transfer is None:
        return ANYBODY
    if one.transfer.to_id:
        return frozenset([one.transfer.to_id])
    if one.transfer.call.way != Call.Way.PROVIDER:
        return ANYBODY
    # Nobody has the number 0: of no telephones this is nobody, rather than everybody.
    with_phone = Ability.objects.exclude(own_phone="").values_list("agent", flat=True)
    return frozenset([*with_phone, 0])


def _since(ticket: Ticket) -> datetime:
    return ticket.queue_entry.started_at or ticket.created_at
