"""The week of a place that has rotas with hours, as a picture and as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.lib import times
from answerable.office.strip import BAR, MINUTES, ROW, WIDTH, Bar
from answerable.routing.core.rota import Rota
from answerable.routing.hours_words import DAYS
from answerable.routing.on_call_week import Usual, by_day, clock_words

A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day in which a rota stands, or none: its bar, and its words."""

    bar: Bar
    clock: str
    people: str
    is_other: bool  # Of every second rota, so that two are told apart.


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day of the week, with its stretches in order."""

    name: str
    y: int
    stretches: list[Stretch]


@dataclass(frozen=True, slots=True)
class DrawnWeek:
    """The week of a place. `gaps`: when nobody is on call, in words."""

    city: str
    days: list[WeekDay]
    gaps: str


def drawn_week(week: Usual, names: Mapping[int, str]) -> DrawnWeek:
    """Return the week of a place by day."""
    days = times.names()["weekdays"]
    return DrawnWeek(
        city=times.city(week.zone),
        days=[
            WeekDay(days[day], day * ROW + BAR, _stretches(week, day, names))
            for day in range(DAYS)
        ],
        gaps=week.gap_words(),
    )


def _stretches(week: Usual, day: int, names: Mapping[int, str]) -> list[Stretch]:
    on = week.monday + timedelta(days=day)
    firsts = sorted({stand.rota.first for stand in week.stands if stand.rota})
    return [
        Stretch(
            _bar(begin, end, day),
            clock_words(begin, end),
            _people(stand.rota, names),
            is_other=stand.rota is not None and firsts.index(stand.rota.first) % 2 == 1,
        )
        for stand in week.stands
        for begin, end in by_day(*week.wall(stand))
        if begin.date() == on
    ]


def _bar(begin: datetime, end: datetime, day: int) -> Bar:
    x = (begin.hour * 60 + begin.minute) * WIDTH / MINUTES
    width = (end - begin) / A_MINUTE * WIDTH / MINUTES
    return Bar(x, day * ROW + (ROW - BAR) // 2, width - 1)  # So that two that meet are seen.


def _people(rota: Rota | None, names: Mapping[int, str]) -> str:
    return ", ".join(names.get(number, "?") for number in rota.people) if rota else ""
