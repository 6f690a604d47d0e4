"""Says what an act would do to promises: it is done, looked at, and taken back at once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.sla.core.ledger import UNFINISHED, Outcome
from answerable.sla.models import Clock


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a clock by an act: when it is due before and after, and its outcome."""

    ticket: int
    metric: str
    kind: str
    due_at: datetime
    after: datetime
    outcome: str

    @property
    def ends(self) -> bool:
        """Whether it does not count on."""
        return self.outcome not in UNFINISHED and self.outcome != Outcome.MISSED

    @property
    def moves(self) -> bool:
        """Whether it is due at another time."""
        return not self.ends and self.after != self.due_at


class _Undone(Exception):
    """The act was only tried."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act does to promises: to those that are open, and those that begin with it."""

    fates: list[Fate]
    begun: list[Clock]


def fates_if(act: Callable[[], object], tickets: Collection[int]) -> list[Fate]:
    """Return what becomes of the open clocks of tickets by an act, the earliest due first.

    Raises what the act raises.
    """
    return effect_if(act, tickets).fates


def effect_if(act: Callable[[], object], tickets: Collection[int]) -> Effect:
    """Return what an act does to the promises of tickets, the earliest due first.

    The very act that would be done decides, so that what is said cannot differ from what
    happens; all that it wrote is taken back. Raises what the act raises.
    """
    before = _clocks(tickets)
    after: dict[int, Clock] = {}
    begun: list[Clock] = []
    try:
        with transaction.atomic():
            act()
            after = {clock.pk: clock for clock in Clock.objects.filter(pk__in=list(before))}
            begun = [one for one in _clocks(tickets).values() if one.pk not in before]
            raise _Undone
    except _Undone:
        pass
    fates = [_fate(clock, after[pk]) for pk, clock in before.items()]
    return Effect(
        sorted(fates, key=lambda fate: fate.due_at), sorted(begun, key=lambda one: one.due_at)
    )


def _clocks(tickets: Collection[int]) -> dict[int, Clock]:
    found = Clock.objects.filter(ticket__in=tickets, outcome__in=list(UNFINISHED))
    return {clock.pk: clock for clock in found}


def _fate(clock: Clock, then: Clock) -> Fate:
    return Fate(
        ticket=clock.ticket_id,
        metric=clock.metric,
        kind=clock.kind,
        due_at=clock.due_at,
        after=then.due_at,
        outcome=then.outcome,
    )
