"""Tells customers' people of what they chose to hear beside mail: rows that go out later."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from answerable.notices.core.tidings import (
    MATTERS,
    TEXTS_WITHIN,
    Matter,
    TidingWay,
    is_fresh,
    matter_of,
    ways_for,
)
from answerable.notices.happening import is_critical
from answerable.notices.models import (
    Delivery,
    PushSubscription,
    TextNumber,
    Tiding,
    TidingWish,
)
from answerable.tickets.models import Message, TicketEvent

HEARD = frozenset(MATTERS)
WAYS = {TidingWay.PUSH: "tiding_push", TidingWay.TEXT: "tiding_text"}


def tell_customers_of(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Have the people whose requests these lines are about told, where they chose it, once.

    Nobody is told of what they did themselves, nor of what is long over. Where nobody chose
    anything this is one query.
    """
    told = [(event, matter) for event in events if (matter := _matter(event, at))]
    whose = {event.ticket.requester_id for event, _matter in told} - {None}
    wishes = TidingWish.objects.select_related("contact__text_number").in_bulk(whose)
    if not wishes:
        return
    texted = _texted(wishes, at)
    for event, matter in told:
        wish = wishes.get(event.ticket.requester_id)
        if wish and wish.contact.left_at is None and event.contact_id != wish.pk:
            _tell(event, matter, wish, texted, at)


def _matter(event: TicketEvent, at: datetime) -> Matter | None:
    """Return what a line is to its customer. A reply is something once it has left; one that
    was taken back is nothing; a promise of a request that is over needs no word."""
    matter = matter_of(event.verb, event.data)
    if matter is None or not is_fresh(matter, at - event.at):
        return None
    message = event.message
    if matter == Matter.REPLY and (
        message is None or message.kind != Message.Kind.REPLY or message.leaves_at is not None
    ):
        return None
    is_over = event.ticket.state == event.ticket.State.RESOLVED
    return None if matter == Matter.LATE and is_over else matter


def _tell(
    event: TicketEvent, matter: Matter, wish: TidingWish, texted: Counter[int], at: datetime
) -> None:
    number = getattr(wish.contact, "text_number", None)
    ways = ways_for(
        matter,
        wish.wants(),
        is_critical=is_critical(event.ticket),
        can_text=bool(number and number.takes_texts()),
        texted=texted[wish.pk],
    )
    if not ways:
        return
    tiding, is_new = Tiding.objects.get_or_create(
        contact_id=wish.pk,
        key=_key(event, matter),
        defaults={"matter": matter, "ticket": event.ticket, "event": event, "at": at},
    )
    if is_new:
        rows = list(_deliveries(tiding, ways, number, at))
        texted[wish.pk] += sum(row.way == WAYS[TidingWay.TEXT] for row in rows)
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def _key(event: TicketEvent, matter: Matter) -> str:
    """Return what names a thing: a reply whichever line tells of it; all that one decision
    changed at once."""
    if matter == Matter.REPLY:
        return f"message {event.message_id}"
    if matter == Matter.CHANGED:
        return f"changed {event.ticket_id} {event.at.timestamp()}"
    return f"event {event.pk}"


def _deliveries(
    tiding: Tiding, ways: frozenset[TidingWay], number: TextNumber | None, at: datetime
) -> Iterator[Delivery]:
    if TidingWay.PUSH in ways:
        browsers = PushSubscription.objects.filter(contact=tiding.contact_id).order_by("pk")
        for browser in browsers:
            yield _delivery(tiding, TidingWay.PUSH, f" {browser.pk}", at, subscription=browser)
    if TidingWay.TEXT in ways and number:
        yield _delivery(tiding, TidingWay.TEXT, "", at, phone=number.phone)


def _delivery(
    tiding: Tiding, way: TidingWay, to: str, at: datetime, **more: object
) -> Delivery:
    return Delivery(
        way=WAYS[way],
        cause=f"tiding {tiding.pk} {way}{to}",
        tiding=tiding,
        ticket_id=tiding.ticket_id,
        event_id=tiding.event_id,
        is_urgent=tiding.matter == Matter.TALK or is_critical(tiding.ticket),
        key=secrets.token_urlsafe(16),
        made_at=at,
        next_at=at,
        **more,
    )


def _texted(wishes: dict[int, TidingWish], at: datetime) -> Counter[int]:
    """Return how many text messages each was sent in the last hour."""
    wanting = [pk for pk, wish in wishes.items() if wish.text]
    if not wanting:
        return Counter()
    sent = Delivery.objects.filter(
        tiding__contact__in=wanting, way=WAYS[TidingWay.TEXT], made_at__gt=at - TEXTS_WITHIN
    )
    return Counter(sent.values_list("tiding__contact_id", flat=True))
