"""Parks lines of the log that a follower could not take, and has them tried again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from answerable.tickets.following import Line
from answerable.tickets.models import ParkedLine

# After each try the next one; after the last a person has to look at it.
AGAIN = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
AT_ONCE = 20
LONGEST_WHY = 300


def park(name: str, event: int, why: str, *, at: datetime) -> None:
    """Keep a line that a follower could not take, and why. Once parked it stays so."""
    ParkedLine.objects.get_or_create(
        name=name,
        event_id=event,
        defaults={"why": why[:LONGEST_WHY], "at": at, "next_at": at + AGAIN[0]},
    )


def try_again(name: str, take: Callable[[Line], str], *, at: datetime) -> int:
    """Have those lines taken whose time has come, and return how many were.

    `take` returns why one could not be, or nothing.
    """
    due = ParkedLine.objects.filter(name=name, next_at__lte=at).order_by("next_at", "pk")
    taken = 0
    for parked in list(due.select_related("event")[:AT_ONCE]):
        event = parked.event
        why = take(Line(event.pk, event.ticket_id, event.verb))
        if not why:
            parked.delete()
            taken += 1
            continue
        wait = AGAIN[parked.tries] if parked.tries < len(AGAIN) else None
        parked.tries += 1
        parked.why, parked.next_at = why[:LONGEST_WHY], at + wait if wait else None
        parked.save(update_fields=["tries", "why", "next_at"])
    return taken


@transaction.atomic
def release_parked(*, at: datetime) -> int:
    """Have all parked lines tried anew, from the first try on; return how many they are."""
    return ParkedLine.objects.update(tries=0, next_at=at)
