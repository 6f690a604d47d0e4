"""Follows the log of all tickets: rules look at each line that one of them waits for, once.

A line and what rules do about it are one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from answerable.rules.actions.running import Occasion, active_rules, look_at
from answerable.rules.core import spec
from answerable.rules.core.guards import Origin, origin_of
from answerable.rules.core.judging import happening_of
from answerable.tickets.actions import following
from answerable.tickets.actions.following import Follower, follow
from answerable.tickets.following import Line
from answerable.tickets.models import Ticket, TicketEvent

NAME = "rules"
# Whether nobody else lets rules act, until this transaction ends.
is_alone = partial(following.is_alone, NAME)


def follow_log(*, at: datetime) -> bool:
    """Let rules look at the next line of the log that one of them waits for; return whether
    there may be more."""
    return follow(FOLLOWER, at=at)


def _hears() -> set[str]:
    """Return what rules wait for."""
    events = [one for one in active_rules() if not one.says.when.is_timed]
    return {verb for one in events for verb in spec.EVENTS[one.says.when.kind]}


def _take(lines: Sequence[Line], at: datetime) -> None:
    rules = [one for one in active_rules() if not one.says.when.is_timed]
    numbers = [line.number for line in lines]
    for event in TicketEvent.objects.filter(pk__in=numbers).order_by("pk"):
        look_at(event.ticket_id, occasion_of(event), rules, at=at)


def occasion_of(event: TicketEvent) -> Occasion:
    """Return a line of the log as an occasion, with what led to it.

    What follows from a message later, such as that it arrived, has the origin of the message.
    """
    return Occasion(
        key=f"e{event.pk}",
        event=event.pk,
        happening=happening_of(event.verb, event.data, is_strangers=_is_strangers(event)),
        origin=_origin(event),
    )


def _is_strangers(event: TicketEvent) -> bool:
    """Say whether a line is the opening of what a stranger sent."""
    if event.verb != TicketEvent.Verb.OPENED:
        return False
    admitted = TicketEvent.objects.filter(
        ticket=event.ticket_id, verb=TicketEvent.Verb.ADMITTED
    )
    return event.ticket.state == Ticket.State.REVIEW or admitted.exists()


def _origin(event: TicketEvent) -> Origin:
    own = origin_of(event.data)
    if own.chain or event.message_id is None:
        return own
    first = TicketEvent.objects.filter(message=event.message_id).order_by("pk").first()
    return origin_of(first.data) if first else own


# One at a time: whatever rules do, the tickets that they hold are let go after each line.
FOLLOWER = Follower(name=NAME, take=_take, at_once=1, span=500, hears=_hears)
