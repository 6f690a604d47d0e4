"""A reply that did not arrive, where nothing of ours did since: what else can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from answerable.sla.core.ledger import Outcome
from answerable.sla.models import Clock
from answerable.tickets.models import Message, Ticket

REPLIES = {Clock.Metric.FIRST_RESPONSE, Clock.Metric.NEXT_RESPONSE}
AWAITED = {Outcome.RUNNING, Outcome.MISSED}


@dataclass(frozen=True, slots=True)
class WaysOn:
    """What is said of a reply that did not arrive: whether a promise still waits for one, and
    the number at which its reader can be called instead."""

    is_promised: bool
    phone: str


@dataclass(frozen=True, slots=True)
class Sending:
    """What is wrong with the mail of a message: it came back, or waits for another try."""

    why: str
    next_try_at: datetime | None = None
    to: str = ""
    ways_on: WaysOn | None = None


def with_ways_on(
    sendings: Mapping[int, Sending],
    ours: Sequence[Message],
    ticket: Ticket,
    clocks: Sequence[Clock],
) -> Mapping[int, Sending]:
    """Return the same, with the ways on where the last of our replies did not arrive.

    `ours` are what we sent, in its order. Of earlier ones nothing is left to do.
    """
    replies = [one for one in ours if one.kind == Message.Kind.REPLY]
    found = sendings.get(replies[-1].pk) if replies else None
    if found is None or found.next_try_at is not None:
        return sendings
    contact = ticket.requester
    to = found.to or (contact.email if contact else ticket.sender_email)
    ways_on = WaysOn(any(map(_is_promised, clocks)), _phone(ticket))
    return {**sendings, replies[-1].pk: replace(found, to=to, ways_on=ways_on)}


def _is_promised(clock: Clock) -> bool:
    is_reply = clock.metric in REPLIES and clock.kind == Clock.Kind.GUARANTEE
    return is_reply and clock.outcome in AWAITED and clock.answered_at is None


def _phone(ticket: Ticket) -> str:
    contact = ticket.requester
    return contact.phone or contact.office_phone if contact else ""
