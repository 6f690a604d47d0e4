"""Reads hours as a plan writes them: "08:00-17:00", "mon-fri 22:00-06:00". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from answerable.entitlements.core.calendars import Day, Weekly
from answerable.entitlements.core.wrong import PlanError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_OF_A_DAY = 24 * 60
MINUTES_OF_A_WEEK = 7 * MINUTES_OF_A_DAY

_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
_DAY = f"({'|'.join(DAYS)})"
_HOURS = re.compile(rf"({_TIME})-({_TIME}|24:00)", re.ASCII)
_DAILY = re.compile(rf"{_DAY}(?:-{_DAY})? ({_TIME}-(?:{_TIME}|24:00))", re.ASCII)
_THROUGH = re.compile(rf"{_DAY} ({_TIME})-{_DAY} ({_TIME}|24:00)", re.ASCII)
_NEARLY = re.compile(
    "(\\d{1,2})(?:[:.](\\d\\d))?\\s*(?:-|\N{EN DASH}|to)\\s*(\\d{1,2})(?:[:.](\\d\\d))?",
    re.ASCII,
)

Interval = tuple[str, str]


def read_interval(words: str) -> Interval:
    """Return "08:00-17:00" as its ends; "22:00-06:00" ends on the next day.

    Raises PlanError for anything else.
    """
    found = _HOURS.fullmatch(words)
    if not found:
        raise PlanError(f"{words!r} is not an interval like 08:00-17:00.{_instead(words)}")
    begin, end = found.groups()
    if begin == end:
        raise PlanError(
            f"{words!r} ends where it begins. Write 00:00-24:00 for a whole day, or two "
            "different times."
        )
    return begin, "24:00" if end == "00:00" else end


def read_range(words: str) -> list[tuple[int, Interval]]:
    """Return a range over days as the hours of each day, 0 for Monday.

    It is "mon-fri 08:00-17:00" for the same hours on each day, or one stretch such as
    "sun 14:00-fri 17:00", which is cut at each midnight. Raises PlanError for anything else.
    """
    lower = words.lower()
    if found := _DAILY.fullmatch(lower):
        first, last, hours = found.groups()
        interval = read_interval(hours)
        return [(day, interval) for day in _days(first, last or first)]
    if found := _THROUGH.fullmatch(lower):
        return list(_through(*found.groups()))
    raise PlanError(
        f"{words!r} is not a range like mon-fri 08:00-17:00 or sun 14:00-fri 17:00."
    )


def day_of(intervals: Iterable[Interval]) -> Day:
    """Return the hours of a day in order. Raises PlanError when two overlap."""
    hours = tuple(sorted(intervals))
    for one, other in pairwise(hours):
        if other[0] < _end(one):
            raise PlanError(_overlap(said(one), said(other), _joined(one, other)))
    return hours


def week_of(days: Iterable[Iterable[Interval]]) -> Weekly:
    """Return a week of the hours of each day, Monday first. Raises PlanError when two overlap,
    also from one day into the next."""
    weekly = tuple(tuple(sorted(hours)) for hours in days)
    _refuse_overlaps(weekly)
    return weekly


def read_date(words: str) -> date:
    """Return "2026-12-24" as a date. Raises PlanError for anything else."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", words, re.ASCII):
            return date.fromisoformat(words)
    except ValueError:
        raise PlanError(f"{words!r} is no day of any year.") from None
    raise PlanError(f"{words!r} is not a date like 2026-12-24.")


def said(interval: Interval) -> str:
    """Return an interval as people read it."""
    return "\N{EN DASH}".join(interval)


def _days(first: str, last: str) -> Iterator[int]:
    begin = DAYS.index(first)
    for number in range((DAYS.index(last) - begin) % 7 + 1):
        yield (begin + number) % 7


def _through(first: str, begin: str, last: str, end: str) -> Iterator[tuple[int, Interval]]:
    """Return one stretch over days as the part of each day."""
    if first == last and begin < end:
        yield DAYS.index(first), (begin, end)
        return
    between = [*_days(first, last)][1:-1] if first != last else _rest_of(first)
    yield DAYS.index(first), (begin, "24:00")
    yield from ((day, ("00:00", "24:00")) for day in between)
    if end != "00:00":
        yield DAYS.index(last), ("00:00", end)


def _rest_of(day: str) -> list[int]:
    return [(DAYS.index(day) + number) % 7 for number in range(1, 7)]


def _refuse_overlaps(weekly: Weekly) -> None:
    timed = sorted(
        (number * MINUTES_OF_A_DAY + _minutes(interval[0]), number, interval)
        for number, day in enumerate(weekly)
        for interval in day
    )
    if not timed:
        return
    begin, number, interval = timed[0]
    for one, other in pairwise([*timed, (begin + MINUTES_OF_A_WEEK, number, interval)]):
        if other[0] < one[0] + _length(one[2]):
            words = _overlapping(one[1], one[2], other[1], other[2])
            raise PlanError(words, (DAYS[other[1]],))


def _overlapping(day: int, one: Interval, next_day: int, other: Interval) -> str:
    first = f"{DAYS[day].title()} {said(one)}"
    if day == next_day:
        return _overlap(first, said(other), _joined(one, other))
    return _overlap(
        first,
        f"{DAYS[next_day].title()} {said(other)}",
        f"Let {DAYS[day].title()} end where {DAYS[next_day].title()} begins.",
    )


def _overlap(one: str, other: str, instead: str) -> str:
    return f"{one} and {other} overlap. {instead}"


def _joined(one: Interval, other: Interval) -> str:
    if other[1] < other[0] or one[1] < one[0]:
        return "Let one end where the other begins."
    return f"Write {one[0]}-{max(one[1], other[1])}, or let one end where the other begins."


def _end(interval: Interval) -> str:
    """Return the end within its first day, for comparison."""
    return interval[1] if interval[0] < interval[1] else "24:00"


def _length(interval: Interval) -> int:
    minutes = _minutes(interval[1]) - _minutes(interval[0])
    return minutes if minutes > 0 else minutes + MINUTES_OF_A_DAY


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])


def _instead(words: str) -> str:
    """Return what was probably meant, where that can be told."""
    found = _NEARLY.fullmatch(words.strip())
    if not found:
        return ""
    begin, minute, end, last = found.groups(default="00")
    meant = f"{int(begin):02}:{minute}-{int(end):02}:{last}"
    return f" Write {meant}." if _HOURS.fullmatch(meant) else ""
