"""How it stands with a way to reach us: who could take the next one, who waits, and how long
people waited lately. What customers are told of it is never more than this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.channels.chat.models import Chat
from answerable.lib.waits import usual_wait
from answerable.routing.core.choosing import urgency
from answerable.routing.models import Offer
from answerable.routing.people import people_at
from answerable.routing.waiting import (
    callbacks_waiting,
    calls_waiting,
    chats_waiting,
    critical_waiting,
    waiting_at,
    waits_of,
)
from answerable.tickets.models import Callback

Kind = Offer.Kind
LOOKS_BACK = timedelta(hours=2)
MOST_SAMPLES = 1000
Reached = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Room:
    """How it stands with one kind of work.

    `there`: agents who take it, busy or not. `free`: how many more they could have at once;
    what rings at somebody is not theirs yet.
    `waiting`: how many wait. `usual`: within what 80 of 100 were reached in the last two
    hours, None of fewer than eight.
    """

    there: int = 0
    free: int = 0
    waiting: int = 0
    usual: timedelta | None = None

    @property
    def has_room(self) -> bool:
        """Whether somebody could take the next one at once: more have room than wait."""
        return self.free > self.waiting


def room_for(kind: str, at: datetime) -> Room:
    """Return how it stands with a kind of Offer.Kind at an instant. Nine queries at most."""
    people = [person for person in people_at(at) if kind in person.room]
    return Room(
        there=len(people),
        free=sum(one.room[kind] for one in people if one.is_free or one.is_rung),
        waiting=_waiting(kind, at),
        usual=usual_wait(_waits(kind, at)),
    )


def ahead_of(kind: str, number: int, at: datetime) -> int | None:
    """Return how many of a kind come before this one, by the order in which they are offered;
    None when it waits no more."""
    same = [one for one in waiting_at(at) if one.kind == kind]
    order = [wait.key for wait in sorted(waits_of(same), key=urgency)]
    return order.index(number) if number in order else None


def _waiting(kind: str, at: datetime) -> int:
    match kind:
        case Kind.CHAT:
            return chats_waiting().count()
        case Kind.CALLBACK:
            return callbacks_waiting(at).count()
        case Kind.CALL:
            return calls_waiting().count()
        case _:
            return critical_waiting().count()


def _waits(kind: str, at: datetime) -> list[timedelta]:
    """Return how long people waited who were reached in the last two hours."""
    pairs = {Kind.CHAT: _chats, Kind.CALLBACK: _callbacks}.get(Kind(kind))
    reached = pairs(at) if pairs else ()
    # Who was called before the time that they chose did not wait.
    return [max(end - begin, timedelta()) for begin, end in reached if begin and end]


def _chats(at: datetime) -> Iterable[Reached]:
    chats = Chat.objects.filter(picked_up_at__gt=at - LOOKS_BACK, picked_up_at__lte=at)
    rows = chats.order_by("-picked_up_at").values_list("asked_at", "picked_up_at")
    return list(rows[:MOST_SAMPLES])


def _callbacks(at: datetime) -> Iterable[Reached]:
    calls = Callback.objects.filter(
        first_attempt_at__gt=at - LOOKS_BACK, first_attempt_at__lte=at
    )
    rows = calls.order_by("-first_attempt_at").values_list("asked_at", "first_attempt_at")
    return list(rows[:MOST_SAMPLES])
