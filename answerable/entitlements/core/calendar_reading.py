"""Reads the calendars of a plan's document. Pure: the dates of holidays stand in the document.

What a document may say stands in docs/promises.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from answerable.entitlements.core.calendars import (
    CLOSED,
    CalendarTerms,
    HolidaySet,
    LaterWeek,
    Weekly,
)
from answerable.entitlements.core.rows import Row
from answerable.entitlements.core.times_of_day import (
    DAYS,
    Interval,
    read_date,
    read_interval,
    read_range,
    week_of,
)
from answerable.entitlements.core.wrong import Path, PlanError
from answerable.entitlements.core.zones import read_zone

NO_CALENDARS: Mapping[str, CalendarTerms] = MappingProxyType({})
NOT_OF_A_UNION = ("always", "open", "from", "holidays", *DAYS)

Known = TypeVar("Known")
Read = TypeVar("Read")


def read_calendar(
    key: str,
    row: Row,
    sets: Mapping[str, HolidaySet],
    others: Mapping[str, CalendarTerms] = NO_CALENDARS,
) -> CalendarTerms:
    """Return a calendar; `sets` and `others` are what it may name. Raises PlanError."""
    is_union = "union" in row.names()
    calendar = _union(key, row, others) if is_union else _with_hours(key, row, sets)
    if not calendar.is_ever_open:
        raise row.wrong(
            "This calendar is never open. Add hours, or choose 24 \N{MULTIPLICATION SIGN} 7. "
            "In a plan that is always = true."
        )
    return calendar


def parts_first(rows: Mapping[str, Row]) -> list[str]:
    """Return the keys of calendars so that a union comes after its parts.

    One that is a part of itself comes before them, and then names what is not known.
    """
    ordered: list[str] = []
    left = list(rows)
    while left:
        ready = [key for key in left if not set(rows[key].texts("union")) & set(left)]
        ordered += ready or left[:1]
        left = [key for key in left if key not in ordered]
    return ordered


def listed(row: Row, key: str, reader: Callable[[str], Read]) -> tuple[Read, ...]:
    """Return what a reader makes of each text of a list, empty when it is left out."""
    found = []
    for number, words in enumerate(row.texts(key)):
        with placed(row, key, number):
            found.append(reader(words))
    return tuple(found)


def single(row: Row, key: str, reader: Callable[[str], Read]) -> Read:
    """Return what a reader makes of a text."""
    words = row.text(key)
    with placed(row, key):
        return reader(words)


@contextmanager
def placed(row: Row, *path: str | int) -> Iterator[None]:
    """Add its place to what a reader finds wrong."""
    try:
        yield
    except PlanError as error:
        raise wrong(row, str(error), *path, *error.path) from error


def wrong(row: Row, words: str, *path: str | int) -> PlanError:
    """Return an error that says in which table and at which names of it something is wrong."""
    place: Path = (*row.path, *path)
    return PlanError(f"In {row.place}: {words}", place)


def _with_hours(key: str, row: Row, sets: Mapping[str, HolidaySet]) -> CalendarTerms:
    always = row.yes("always")
    has_zone = "zone" in row.names() or not always
    calendar = CalendarTerms(
        key=key,
        name=row.text("name", key),
        zone=single(row, "zone", read_zone) if has_zone else "UTC",
        always=always,
        weekly=_week(row),
        later=tuple(_later(row)),
        holidays=tuple(_named(row, "holidays", sets, "set of holidays")),
    )
    if always and (any(calendar.weekly) or calendar.later or calendar.holidays):
        words = "It is always open and has hours or days off. Leave out one of them."
        raise wrong(row, words, "always")
    return calendar


def _union(key: str, row: Row, others: Mapping[str, CalendarTerms]) -> CalendarTerms:
    parts = tuple(_named(row, "union", others, "calendar"))
    for other in NOT_OF_A_UNION:
        if other in row.names():
            raise wrong(
                row,
                "A union has the hours and days off of its calendars. "
                f"Write {other!r} there, or leave it out.",
                other,
            )
    if not parts:
        raise wrong(row, "'union' must name calendars.", "union")
    return CalendarTerms(
        key=key,
        name=row.text("name", key),
        zone=single(row, "zone", read_zone) if "zone" in row.names() else parts[0].zone,
        always=False,
        weekly=CLOSED,
        union=parts,
    )


def _week(row: Row) -> Weekly:
    week: list[list[Interval]] = [list(listed(row, day, read_interval)) for day in DAYS]
    for several in listed(row, "open", read_range):
        for day, interval in several:
            week[day].append(interval)
    with placed(row):
        return week_of(week)


def _later(row: Row) -> Iterator[LaterWeek]:
    weeks: dict[date, LaterWeek] = {}
    for each in row.rows("from"):
        on = single(each, "on", read_date)
        if on in weeks:
            raise wrong(each, f"{on} begins two weeks. Leave one of them out.", "on")
        weeks[on] = LaterWeek(on, _week(each))
        each.end()
    yield from (weeks[on] for on in sorted(weeks))


def _named(row: Row, key: str, known: Mapping[str, Known], what: str) -> Iterator[Known]:
    for number, name in enumerate(row.texts(key)):
        if name not in known:
            such = f" Known are: {', '.join(known)}." if known else ""
            raise wrong(row, f"{name!r} is no known {what}.{such}", key, number)
        yield known[name]
