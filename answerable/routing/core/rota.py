"""Who is on call when: people take turns, and cover for each other. Pure.

Of the rotas that stand at an instant one has the place: one with hours before one around the
clock, then the one that was begun last. Of the covers that hold, the one that was entered last
does. So nothing that is entered now changes what was so before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from answerable.routing.core.turns import Reign, Rota, reigns

__all__ = ["Cover", "Plan", "Rota", "Shift", "Stand", "Why"]


class Why(StrEnum):
    """Why somebody is on call: it is their turn, they cover, or whose turn it is cannot."""

    TURN = "turn"
    COVER = "cover"
    STANDS_IN = "stands_in"


@dataclass(frozen=True, slots=True)
class Cover:
    """Somebody is on call for a stretch of time, whoever's turn it is.

    With `rota`, the order of a rota's first entry, only while that rota has the place.
    """

    order: int
    person: int
    begins_at: datetime
    ends_at: datetime
    rota: int | None = None

    def holds(self, at: datetime) -> bool:
        """Say whether an instant lies in it."""
        return self.begins_at <= at < self.ends_at


@dataclass(frozen=True)
class Plan:
    """All that is known of who is on call for one place.

    `gone`: who works here no more. `away`: when people are not there.
    """

    rotas: Sequence[Rota] = ()
    covers: Sequence[Cover] = ()
    gone: frozenset[int] = frozenset()
    away: Mapping[int, Sequence[tuple[datetime, datetime]]] = field(default_factory=dict)

    @cached_property
    def entries(self) -> tuple[Reign, ...]:
        """What counts at some time, in the order of entering; without people it ends a rota."""
        return reigns(self.rotas)

    @cached_property
    def reigns(self) -> tuple[Reign, ...]:
        """The entries of which somebody is on call."""
        return tuple(entry for entry in self.entries if entry.rota.people)


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody is on call without a break, or nobody is (`person` None).

    `turn_of` is whose turn it is by the rota. `cover` is the order of the cover that holds.
    `rota` is the order of the first entry of the rota that stands. `ends_at` is None where no
    end is known.
    """

    person: int | None
    begins_at: datetime
    ends_at: datetime | None
    why: Why = Why.TURN
    turn_of: int | None = None
    cover: int | None = None
    rota: int | None = None

    def holds(self, at: datetime) -> bool:
        """Say whether an instant lies in it."""
        return self.begins_at <= at and (self.ends_at is None or at < self.ends_at)


@dataclass(frozen=True, slots=True)
class Stand:
    """A rota has the place without a break, or none has."""

    rota: Rota | None
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class _Turn:
    rota: Rota | None
    number: int
    begins_at: datetime
    ends_at: datetime | None


def who(plan: Plan, at: datetime) -> int | None:
    """Return who is on call at an instant; None where nobody is.

    The cover that was entered last comes first, then whose turn it is, then the next in order.
    Of these the first counts who is there. Where all are away, the first of them is on call all
    the same: better one who may hear than none.
    """
    rota = rota_at(plan, at)
    return _first(plan, rota, rota.turn_at(at) if rota else 0, at)


def rota_at(plan: Plan, at: datetime) -> Rota | None:
    """Return the rota that has the place at an instant; None where none stands."""
    top = _top(plan, at)
    return top.rota if top else None


def rests(plan: Plan, at: datetime) -> bool:
    """Say whether rotas count at an instant, and it lies outside the hours of all of them."""
    return _top(plan, at) is None and any(reign.counts(at) for reign in plan.reigns)


def stands(plan: Plan, begin: datetime, end: datetime) -> list[Stand]:
    """Return which rota has the place when, from one instant to another, without gaps."""
    found: list[Stand] = []
    at = begin
    while at < end:
        turn = _turn_at(plan, at, begin)
        ends_at = min(turn.ends_at or end, end)
        if found and found[-1].rota == turn.rota:
            found[-1] = replace(found[-1], ends_at=ends_at)
        else:
            found.append(Stand(turn.rota, at, ends_at))
        at = ends_at
    return found


def shifts(plan: Plan, begin: datetime, end: datetime) -> Iterator[Shift]:
    """Yield the shifts that lie in a stretch of time or reach into it, in order, without gaps.

    Each is whole, also where it begins before or ends after; only that nobody is on call before
    any rota stood is cut off at `begin`.
    """
    at = begin
    while at < end:
        turn = _turn_at(plan, at, begin)
        for shift in _shifts_of(plan, turn):
            if shift.begins_at < end and (shift.ends_at is None or shift.ends_at > begin):
                yield shift
        if turn.ends_at is None:
            return
        at = turn.ends_at


def shift_at(plan: Plan, at: datetime) -> Shift:
    """Return the shift that is on at an instant."""
    return next(shift for shift in _shifts_of(plan, _turn_at(plan, at, at)) if shift.holds(at))


def _top(plan: Plan, at: datetime) -> Reign | None:
    standing = [reign for reign in plan.reigns if reign.stands(at)]
    return max(standing, key=lambda reign: reign.rank, default=None)


def _turn_at(plan: Plan, at: datetime, begin: datetime) -> _Turn:
    """Return the turn that is on at an instant; where no rota stands one of nobody."""
    top = _top(plan, at)
    rivals = [one for one in plan.reigns if top is None or one.rank > top.rank]
    begins = [one.stood_until(at) for one in rivals]
    ends = [one.stands_next(at) for one in rivals]
    if top is None:
        return _Turn(None, 0, _latest(begins) or begin, _earliest(ends))
    rota = top.rota
    number = rota.turn_at(at)
    begins += (
        [rota.begins(number), top.stands_since(at)] if rota.days else [top.stands_since(at)]
    )
    ends += [rota.begins(number + 1) if rota.days else None, top.stands_until(at)]
    return _Turn(rota, number, _latest(begins) or at, _earliest(ends))


def _latest(instants: Iterable[datetime | None]) -> datetime | None:
    return max((one for one in instants if one), default=None)


def _earliest(instants: Iterable[datetime | None]) -> datetime | None:
    return min((one for one in instants if one), default=None)


def _shifts_of(plan: Plan, turn: _Turn) -> list[Shift]:
    """Return the shifts of a turn: it is cut where a cover or an absence begins or ends."""
    cuts = {turn.begins_at}
    cuts |= {instant for one in plan.covers for instant in (one.begins_at, one.ends_at)}
    cuts |= {instant for spans in plan.away.values() for span in spans for instant in span}
    end = turn.ends_at
    inside = sorted(cut for cut in cuts if turn.begins_at <= cut and (not end or cut < end))
    found: list[Shift] = []
    for begins_at, ends_at in zip(inside, [*inside[1:], end], strict=True):
        piece = _piece(plan, turn, begins_at, ends_at)
        last = found[-1] if found else None
        if last and replace(piece, begins_at=last.begins_at, ends_at=last.ends_at) == last:
            found[-1] = replace(last, ends_at=ends_at)
        else:
            found.append(piece)
    return found


def _piece(plan: Plan, turn: _Turn, begins_at: datetime, ends_at: datetime | None) -> Shift:
    person = _first(plan, turn.rota, turn.number, begins_at)
    order = turn.rota.in_turn(turn.number) if turn.rota else ()
    turn_of = order[0] if order else None
    held = _covers(plan, turn.rota, begins_at)
    cover = next((one.order for one in held if one.person == person), None)
    why = Why.TURN if person == turn_of else Why.STANDS_IN
    if cover:
        why = Why.COVER
    rota = turn.rota.first if turn.rota else None
    return Shift(person, begins_at, ends_at, why, turn_of, cover, rota)


def _first(plan: Plan, rota: Rota | None, number: int, at: datetime) -> int | None:
    covering = [cover.person for cover in _covers(plan, rota, at)]
    known = [*covering, *(rota.in_turn(number) if rota else ())]
    may = [person for person in known if person not in plan.gone]
    there = [person for person in may if not _is_away(plan, person, at)]
    return next(iter([*there, *may]), None)


def _covers(plan: Plan, rota: Rota | None, at: datetime) -> list[Cover]:
    """Return the covers that hold at an instant, the one that was entered last first."""
    of = {None, rota.first if rota else None}
    held = (cover for cover in plan.covers if cover.rota in of and cover.holds(at))
    return sorted(held, key=lambda cover: -cover.order)


def _is_away(plan: Plan, person: int, at: datetime) -> bool:
    return any(begins <= at < ends for begins, ends in plan.away.get(person, ()))
