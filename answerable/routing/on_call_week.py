"""A week at a place as its rotas have it: who stands when, and when nobody does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from answerable.routing.core.rota import Plan, Stand, stands
from answerable.routing.hours_words import DAYS, hours_words

A_DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MINUTE = timedelta(minutes=1)
DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Usual:
    """The week from a Monday on, by the wall of a zone; `stands` has one more on both sides."""

    zone: ZoneInfo
    monday: date
    stands: Sequence[Stand]

    @property
    def gaps(self) -> list[tuple[datetime, datetime]]:
        """When nobody stands, on the wall: what begins in the week, each whole."""
        first = datetime.combine(self.monday, time())
        walls = [self.wall(stand) for stand in self.stands if stand.rota is None]
        return [(begin, end) for begin, end in walls if first <= begin < first + WEEK]

    def wall(self, stand: Stand) -> tuple[datetime, datetime]:
        """Return the begin and the end of a stretch as the wall shows them, without zone."""
        return self._wall(stand.begins_at), self._wall(stand.ends_at)

    def has_gap(self, begins_at: datetime, ends_at: datetime) -> bool:
        """Say whether this is a stretch in which nobody stands in every week."""
        begin, end = self._wall(begins_at), self._wall(ends_at)
        return any(
            (begin - usual) % WEEK + (end - begin) <= until - usual
            for usual, until in self.gaps
        )

    def gap_words(self) -> str:
        """Return “Mon to Fri 08:00 to 18:00”; nothing where somebody always stands."""
        texts: list[list[str]] = [[] for day in range(DAYS)]
        for begin, end in self.gaps:
            for day, text in _on_days(begin, end):
                texts[day.weekday()].append(text)
        return ", ".join(hours_words([", ".join(one) for one in texts]))

    def _wall(self, at: datetime) -> datetime:
        return at.astimezone(self.zone).replace(tzinfo=None)


def usual_week(plan: Plan, at: datetime) -> Usual | None:
    """Return a week in which all that was entered counts; None where no rota has hours.

    Its wall is that of the rota that was begun first.
    """
    lasting = [one for one in plan.reigns if one.ends_at is None or one.ends_at > at]
    if not any(one.rota.hours for one in lasting):
        return None
    zone = ZoneInfo(min(lasting, key=lambda one: one.rota.first).rota.zone)
    latest = max(at, *(one.begins_at for one in plan.entries)).astimezone(zone).date()
    monday = latest + (2 * DAYS - latest.weekday()) * A_DAY
    begin, end = (
        datetime.combine(day, time(), tzinfo=zone) for day in (monday - WEEK, monday + 2 * WEEK)
    )
    return Usual(zone, monday, stands(plan, begin, end))


def clock_words(begin: datetime, end: datetime) -> str:
    """Return “18:00” to “24:00” of walls; that it is the whole day where it is."""
    if begin.time() == time() and end - begin == A_DAY:
        return _("all day")
    is_end_of_day = end.time() == time()
    return f"{begin:%H:%M}{DASH}{'24:00' if is_end_of_day else format(end, '%H:%M')}"


def by_day(begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Return a stretch of walls as the part of each day."""
    midnight = datetime.combine(begin.date(), time())
    for number in count(1):
        last = min(end, midnight + number * A_DAY)
        if begin >= last:
            return
        yield begin, last
        begin = last


def _on_days(begin: datetime, end: datetime) -> Iterator[tuple[date, str]]:
    """Return a stretch as people say it: one of under a day belongs to where it begins."""
    if end - begin < A_DAY:
        yield begin.date(), clock_words(begin, end)
        return
    for first, last in by_day(begin, end):
        yield first.date(), clock_words(first, last)
