"""Lets offers ring: makes them, ends those that were missed, and withdraws those whose thing
went away or whose agent did.

Many loops may run these at once. Making is done by one at a time, which an advisory lock of
its transaction keeps; the tables keep that one thing rings at one agent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from answerable.live.events import Changed, publish
from answerable.routing.actions.lacking import note_nobody
from answerable.routing.actions.wire import is_alone, wake_routing
from answerable.routing.core.being import MISSED_WITHIN, MOST_MISSED
from answerable.routing.core.choosing import pair
from answerable.routing.models import Offer, Presence
from answerable.routing.people import people_at
from answerable.routing.waiting import RINGS, Waiting, waiting_at, waits_of
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

Outcome, Kind = Offer.Outcome, Offer.Kind
# By which name an offer has what it is of; a critical one is of its ticket.
THINGS = {
    Kind.CHAT: "chat",
    Kind.CALLBACK: "callback",
    Kind.CALL: "call",
    Kind.HANDED: "call",
}


@transaction.atomic
def make_offers(*, at: datetime) -> int:
    """Offer what waits to those who are free, and return how many offers ring anew.

    While another loop decides this one does nothing.
    """
    if not is_alone():
        return 0
    rings = set(map(key_of, Offer.objects.filter(ended_at=None)))
    waiting = {one.key: one for one in waiting_at(at) if one.key not in rings}
    waits = waits_of([one for one in waiting.values() if not _has_left(one)])
    if not waits:
        return 0
    people = people_at(at)
    made = [
        _make(waiting.pop((each.wait.kind, each.wait.key)), each.person.key, at)
        for each in pair(waits, people, at)
    ]
    note_nobody(list(waiting.values()), people, at=at)
    return sum(made)


@transaction.atomic
def miss_offers(*, at: datetime, could_answer: bool = True) -> int:
    """End the offers that have rung out, and return how many. Who missed two in ten minutes is
    offered nothing more until they say that they are back; nobody else is touched. What nobody
    could have answered is withdrawn."""
    over = list(_held(Offer.objects.filter(ended_at=None, ends_at__lte=at)))
    if not could_answer:
        end_offers(over, Outcome.WITHDRAWN, at)
        return len(over)
    end_offers(over, Outcome.MISSED, at)
    for agent in {offer.agent_id for offer in over}:
        _pause(agent, at)
    return len(over)


@transaction.atomic
def withdraw_gone(*, at: datetime) -> int:
    """Withdraw what rings and waits no more, and what rings at somebody who is not there."""
    ringing = list(_held(Offer.objects.filter(ended_at=None)))
    if not ringing:
        return 0
    waiting = {one.key for one in waiting_at(at)}
    there = set(
        Presence.objects.filter(
            status=Presence.Status.AVAILABLE, heard_at__isnull=False, lost_at=None
        ).values_list("agent", flat=True)
    )
    gone = [
        offer
        for offer in ringing
        if key_of(offer) not in waiting or offer.agent_id not in there
    ]
    end_offers(gone, Outcome.WITHDRAWN, at)
    return len(gone)


def withdraw_from(agents: Collection[int], *, at: datetime) -> int:
    """Withdraw all that rings at these agents, and return how much that was. The caller's
    transaction holds it."""
    ringing = list(_held(Offer.objects.filter(ended_at=None, agent__in=agents)))
    end_offers(ringing, Outcome.WITHDRAWN, at)
    return len(ringing)


def end_offers(offers: Collection[Offer], outcome: str, at: datetime) -> None:
    """End held offers, tell those at whom they rang, and let them go on to the next."""
    if not offers:
        return
    for offer in offers:
        offer.outcome, offer.ended_at = outcome, at
    Offer.objects.bulk_update(offers, ["outcome", "ended_at", "reason"])
    _log(offers, at)
    publish(*(Changed(f"notices-{offer.agent_id}") for offer in offers))
    wake_routing()


def key_of(offer: Offer) -> tuple[str, int]:
    """Return what is offered, as what waits is known by."""
    number = offer.chat_id or offer.callback_id or offer.call_id or offer.ticket_id
    return offer.kind, number


def _held(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Hold offers; what somebody accepts or declines at this moment is theirs to end."""
    rows = offers.select_for_update(of=("self",), skip_locked=True, no_key=True)
    return rows.select_related("agent").order_by("pk")


def _has_left(one: Waiting) -> bool:
    """Say whether the customer has closed the page of their chat: nobody is called to that."""
    return getattr(one.thing, "contact_left_at", None) is not None


def _make(one: Waiting, agent: int, at: datetime) -> bool:
    name = THINGS.get(Kind(one.kind))
    ends_at = at + RINGS[Kind(one.kind)]
    offer = Offer(kind=one.kind, ticket=one.ticket, agent_id=agent, made_at=at, ends_at=ends_at)
    if name:
        setattr(offer, name, one.thing)
    try:
        with transaction.atomic():
            offer.save(force_insert=True)
    except IntegrityError:
        return False  # It rings already.
    _log([offer], at)
    publish(Changed(f"notices-{agent}"))
    return True


VERBS = {
    "": Verb.OFFERED,
    Outcome.DECLINED: Verb.OFFER_DECLINED,
    Outcome.MISSED: Verb.OFFER_MISSED,
}


def _log(offers: Iterable[Offer], at: datetime) -> None:
    """Write who was offered what, and did not take it, in the tickets' logs; nothing reacts."""
    lines = [
        TicketEvent(
            ticket_id=offer.ticket_id,
            verb=VERBS[offer.outcome],
            agent_id=offer.agent_id,
            at=at,
            data={"kind": offer.kind, "to": offer.agent.name, "reason": offer.reason},
        )
        for offer in offers
        if offer.outcome in VERBS
    ]
    TicketEvent.objects.bulk_create(lines)
    publish(*(Changed(f"ticket-{line.ticket_id}") for line in lines))


def _pause(agent: int, at: datetime) -> None:
    presence = Presence.objects.select_for_update(no_key=True).filter(agent=agent).first()
    if presence is None or presence.is_paused:
        return
    since = max(presence.since, at - MISSED_WITHIN)
    missed = Offer.objects.filter(agent=agent, made_at__gte=since, outcome=Outcome.MISSED)
    if missed.count() >= MOST_MISSED:
        Presence.objects.filter(pk=agent).update(is_paused=True)
        publish(Changed(f"notices-{agent}"))
