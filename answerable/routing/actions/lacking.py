"""Notes that something waits and nobody is there who could take it, for the leads to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from answerable.routing.core.choosing import Person
from answerable.routing.models import Offer
from answerable.routing.waiting import Waiting
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent

# Somebody may just load their page anew.
PATIENCE = timedelta(seconds=30)
KINDS = (Offer.Kind.CHAT, Offer.Kind.CALLBACK, Offer.Kind.CALL)
TO_NOBODY = {"to": ""}


def note_nobody(left: Sequence[Waiting], people: Sequence[Person], *, at: datetime) -> None:
    """Note for each kind of which something waits that nobody is there who takes any.

    Once, on the ticket that has waited longest, until that one waits no more. Held by the
    caller, which decides alone.
    """
    for kind in KINDS:
        stuck = [one for one in left if one.kind == kind and at - one.since >= PATIENCE]
        if stuck and not any(kind in person.room for person in people):
            _note(stuck, kind, at)


def _note(stuck: Sequence[Waiting], kind: str, at: datetime) -> None:
    told = TicketEvent.objects.filter(
        ticket__in=[one.ticket.pk for one in stuck], verb=Verb.OFFERED, data__contains=TO_NOBODY
    )
    if told.exists():
        return
    longest = min(stuck, key=lambda one: (one.since, one.key))
    data = {"kind": kind, **TO_NOBODY}
    record(TicketEvent(ticket=longest.ticket, verb=Verb.OFFERED, at=at, data=data))
