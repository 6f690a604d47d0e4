"""Who is on call when: people take turns, and cover for each other. Pure.

One law holds for rotas and for covers: of those that count at an instant, the one that was
entered last does. So nothing that is entered now changes what was so before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)


class Why(StrEnum):
    """Why somebody is on call: it is their turn, they cover, or whose turn it is cannot."""

    TURN = "turn"
    COVER = "cover"
    STANDS_IN = "stands_in"


@dataclass(frozen=True, slots=True)
class Rota:
    """People in order, who hand over every so many days at a wall time of a zone.

    `order` counts up as rotas are entered; `since` is when this one was. It counts from its
    first hand-over, but not before it was entered. Without `days` the first person stays.
    """

    order: int
    people: tuple[int, ...]
    first_day: date
    hand_over: time
    zone: str
    days: int
    since: datetime

    @property
    def counts_from(self) -> datetime:
        """The instant from which it counts."""
        return max(self.begins(0), self.since)

    def begins(self, number: int) -> datetime:
        """Return when a turn begins; the first is number 0.

        Here wall times meet their zone. A time that clocks leave out counts by the offset of
        before, one that they show twice is the first of both.
        """
        wall = datetime.combine(self.first_day + number * self.days * A_DAY, self.hand_over)
        return wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(tz=UTC)

    def turn_at(self, at: datetime) -> int:
        """Return the number of the turn that is on at an instant from the first one on."""
        if not self.days:
            return 0
        local = at.astimezone(ZoneInfo(self.zone)).date()
        number = (local - self.first_day).days // self.days + 1
        while self.begins(number) > at:
            number -= 1
        return number

    def in_turn(self, number: int) -> tuple[int, ...]:
        """Return the people from whose turn it is on, in order."""
        if not self.people:
            return ()
        first = number % len(self.people)
        return self.people[first:] + self.people[:first]


@dataclass(frozen=True, slots=True)
class Cover:
    """Somebody is on call for a stretch of time, whoever's turn it is."""

    order: int
    person: int
    begins_at: datetime
    ends_at: datetime

    def holds(self, at: datetime) -> bool:
        """Say whether an instant lies in it."""
        return self.begins_at <= at < self.ends_at


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is known of who is on call for one place.

    `gone`: who works here no more. `away`: when people are not there.
    """

    rotas: Sequence[Rota] = ()
    covers: Sequence[Cover] = ()
    gone: frozenset[int] = frozenset()
    away: Mapping[int, Sequence[tuple[datetime, datetime]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody is on call without a break, or nobody is (`person` None).

    `turn_of` is whose turn it is by the rota. `cover` is the order of the cover that holds.
    `ends_at` is None where no end is known.
    """

    person: int | None
    begins_at: datetime
    ends_at: datetime | None
    why: Why = Why.TURN
    turn_of: int | None = None
    cover: int | None = None

    def holds(self, at: datetime) -> bool:
        """Say whether an instant lies in it."""
        return self.begins_at <= at and (self.ends_at is None or at < self.ends_at)


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
    """Return the rota that counts at an instant; None before the first."""
    counting = [rota for rota in plan.rotas if rota.counts_from <= at]
    return max(counting, key=lambda rota: rota.order, default=None)


def shifts(plan: Plan, begin: datetime, end: datetime) -> Iterator[Shift]:
    """Yield the shifts that lie in a stretch of time or reach into it, in order, without gaps.

    Each is whole, also where it begins before or ends after; only that nobody is on call before
    the first rota is cut off at `begin`.
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


def _turn_at(plan: Plan, at: datetime, begin: datetime) -> _Turn:
    """Return the turn that is on at an instant; before the first rota one of nobody."""
    rota = rota_at(plan, at)
    later = [one.counts_from for one in plan.rotas if not rota or one.order > rota.order]
    replaced = min((start for start in later if start > at), default=None)
    if rota is None:
        return _Turn(None, 0, begin, replaced)
    number = rota.turn_at(at)
    ends = rota.begins(number + 1) if rota.days else None
    known = [instant for instant in (ends, replaced) if instant]
    begins = max(rota.begins(number), rota.counts_from)
    return _Turn(rota, number, begins, min(known, default=None))


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
    cover = next((one for one in _covers(plan, begins_at) if one.person == person), None)
    if cover:
        return Shift(person, begins_at, ends_at, Why.COVER, turn_of, cover.order)
    why = Why.TURN if person == turn_of else Why.STANDS_IN
    return Shift(person, begins_at, ends_at, why, turn_of)


def _first(plan: Plan, rota: Rota | None, number: int, at: datetime) -> int | None:
    covering = [cover.person for cover in _covers(plan, at)]
    known = [*covering, *(rota.in_turn(number) if rota else ())]
    may = [person for person in known if person not in plan.gone]
    there = [person for person in may if not _is_away(plan, person, at)]
    return next(iter([*there, *may]), None)


def _covers(plan: Plan, at: datetime) -> list[Cover]:
    """Return the covers that hold at an instant, the one that was entered last first."""
    return sorted((c for c in plan.covers if c.holds(at)), key=lambda c: -c.order)


def _is_away(plan: Plan, person: int, at: datetime) -> bool:
    return any(begins <= at < ends for begins, ends in plan.away.get(person, ()))
