"""People who take turns, and when each entry of their rota counts and stands. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from answerable.routing.core import standing
from answerable.sla.core.week import Weekly

A_DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Rota:
    """People in order, who hand over every so many days at a wall time of a zone.

    `order` counts up as rotas are entered; `since` is when this one was. It counts from its
    first hand-over, but not before it was entered. Without `days` the first person stays.
    It stands in its weekly `hours`, without them around the clock. `renews` is the order of the
    first entry of the rota that this one enters anew; None for a rota of its own.
    """

    order: int
    people: tuple[int, ...]
    first_day: date
    hand_over: time
    zone: str
    days: int
    since: datetime
    hours: Weekly = ()
    renews: int | None = None

    @property
    def first(self) -> int:
        """The order of its first entry, which is the same however often it is entered anew."""
        return self.renews or self.order

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

    @property
    def cut_at(self) -> time | None:
        """The time of the hand-over where it falls into the hours, and cuts a shift in two."""
        begins = self.begins(1) if self.hours and self.days else None
        if begins and all(
            standing.holds(self.hours, self.zone, at) for at in (begins - MOMENT, begins)
        ):
            return self.hand_over
        return None

    def in_turn(self, number: int) -> tuple[int, ...]:
        """Return the people from whose turn it is on, in order."""
        if not self.people:
            return ()
        first = number % len(self.people)
        return self.people[first:] + self.people[:first]


@dataclass(frozen=True, slots=True)
class Reign:
    """A rota as it was entered once, and the stretch of time in which that entry counts."""

    rota: Rota
    begins_at: datetime
    ends_at: datetime | None

    @property
    def rank(self) -> tuple[bool, int]:
        """Of two that stand at once the higher one has the place: one with hours before one
        around the clock, then the one that was begun last."""
        return bool(self.rota.hours), self.rota.first

    def counts(self, at: datetime) -> bool:
        """Say whether this entry counts at an instant, be it in its hours or not."""
        return self.begins_at <= at and (self.ends_at is None or at < self.ends_at)

    def stands(self, at: datetime) -> bool:
        """Say whether somebody of it is on call at an instant."""
        return self.counts(at) and self._is_in_hours(at)

    def stands_since(self, at: datetime) -> datetime:
        """Return from when on it has stood without a break, at an instant at which it does."""
        begins = standing.edge_before(self.rota.hours, self.rota.zone, at)
        return max(self.begins_at, begins or self.begins_at)

    def stands_until(self, at: datetime) -> datetime | None:
        """Return until when it stands without a break; None where no end is known."""
        ends = standing.edge_after(self.rota.hours, self.rota.zone, at)
        return min((end for end in (ends, self.ends_at) if end), default=None)

    def stands_next(self, at: datetime) -> datetime | None:
        """Return when it stands next, after an instant at which it does not; None for never."""
        begin: datetime | None = max(at, self.begins_at)
        if begin and not self._is_in_hours(begin):
            begin = standing.edge_after(self.rota.hours, self.rota.zone, begin)
        return begin if begin and begin > at and self.counts(begin) else None

    def stood_until(self, at: datetime) -> datetime | None:
        """Return when it last ceased to stand, before or at an instant at which it does not;
        None where it never stood."""
        end: datetime | None = min(at, self.ends_at or at)
        if end and end > self.begins_at and not self._is_in_hours(end - MOMENT):
            end = standing.edge_before(self.rota.hours, self.rota.zone, end - MOMENT)
        return end if end and end > self.begins_at else None

    def _is_in_hours(self, at: datetime) -> bool:
        return standing.holds(self.rota.hours, self.rota.zone, at)


def reigns(rotas: Sequence[Rota]) -> tuple[Reign, ...]:
    """Return the entries that count at some time, each until the same rota is entered anew."""
    ends: dict[int, datetime] = {}
    found: list[Reign] = []
    for rota in sorted(rotas, key=lambda one: -one.order):
        begin, end = rota.counts_from, ends.get(rota.first)
        ends[rota.first] = min(begin, end or begin)
        if end is None or begin < end:
            found.append(Reign(rota, begin, end))
    return tuple(reversed(found))
