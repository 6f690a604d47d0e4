"""Cases of business time: what our arithmetic answers, and whether a case expects that. Pure.

A case is an object of a line of JSON. docs/promises.md says what its names mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from answerable.sla.core.hours import Hours
from answerable.sla.core.spans import NeverOpen
from answerable.sla.core.week import Day

Case = Mapping[str, Any]
TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
CALENDARS_KEPT = 1000
YEARS = range(
    1900, 2201
)  # What lies between two instants is looked up in a table of all of it.


class BadCase(Exception):
    """A case that cannot be read; the words say why."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What we answer, and whether that is what was expected; None when nothing was."""

    answer: Any
    ok: bool | None


def is_scored(case: Case) -> bool:
    """Return whether a case counts: an engine written separately agrees with it."""
    return bool(case.get("check", "agrees") == "agrees")


def judge_due(case: Case) -> Judged:
    """Answer when business seconds from a start are used up.

    Used up exactly at closing time, some projects say the next opening: `due_alt`.
    """
    calendar, start, allowance = calendar_of(case), at(case, "start"), _allowance(case)
    expected = [
        at(case, key) if case[key] else None for key in ("due", "due_alt") if key in case
    ]
    due = None
    with suppress(NeverOpen, OverflowError):
        due = calendar.due(start, allowance)
    return Judged(shown(due, calendar), due in expected if expected else None)


def judge_elapsed(case: Case) -> Judged:
    """Answer how many business seconds lie between a start and a due time."""
    open_time = calendar_of(case).open_time(at(case, "start"), at(case, "due"))
    expected = _allowance(case) if "business_seconds" in case else None
    return Judged(number(open_time), None if expected is None else open_time == expected)


def judge_intervals(case: Case) -> Judged:
    """Answer which intervals are open between two instants."""
    calendar = calendar_of(case)
    found = [(s.begin, s.end) for s in calendar.spans(at(case, "from"), at(case, "to"))]
    answer = [[shown(begin, calendar), shown(end, calendar)] for begin, end in found]
    if "open_intervals" not in case:
        return Judged(answer, None)
    expected = [(instant(begin), instant(end)) for begin, end in _pairs(case["open_intervals"])]
    return Judged(answer, found == expected)


def calendar_of(case: Case) -> Hours:
    """Return the calendar of a case. Raises BadCase."""
    return _calendar(json.dumps(needed(case, "calendar")))


def at(case: Case, key: str) -> datetime:
    """Return an instant of a case. Raises BadCase."""
    return instant(needed(case, key), key)


def instant(words: object, key: str = "an instant") -> datetime:
    """Return words such as "2026-03-29T08:00:00+02:00" as an instant. Raises BadCase."""
    try:
        found = datetime.fromisoformat(str(words))
    except ValueError:
        raise BadCase(
            f"{key} is {words!r}, and no time like 2026-03-29T08:00:00+02:00"
        ) from None
    if found.tzinfo is None:
        raise BadCase(f"{key} is {words!r}, without its offset from UTC")
    if found.year not in YEARS:
        raise BadCase(f"{key} is {words!r}, and not of the years {YEARS[0]} to {YEARS[-1]}")
    return found


def needed(case: Case, key: str) -> Any:
    """Return a value of a case. Raises BadCase when it is missing."""
    if key not in case:
        raise BadCase(f"{key!r} is missing")
    return case[key]


def shown(at: datetime | None, calendar: Hours) -> str | None:
    """Return an instant as words in the calendar's zone."""
    return at.astimezone(calendar.zone).isoformat() if at else None


def number(length: timedelta, unit: timedelta = timedelta(seconds=1)) -> float:
    """Return a length in a unit, without a fraction when it is whole."""
    whole, rest = divmod(length, unit)
    return length / unit if rest else whole


def _allowance(case: Case) -> timedelta:
    seconds = needed(case, "business_seconds")
    try:
        allowance = timedelta(seconds=seconds)
    except (TypeError, ValueError, OverflowError):
        allowance = timedelta(-1)
    if allowance < timedelta(0):
        raise BadCase(f"business_seconds is {seconds!r}, and must be a number, 0 or more")
    return allowance


def _pairs(pairs: object) -> list[tuple[str, str]]:
    if isinstance(pairs, list) and all(isinstance(p, list) and len(p) == 2 for p in pairs):
        return [(first, last) for first, last in pairs]
    raise BadCase(f"{str(pairs)[:80]} is no list of pairs")


@lru_cache(CALENDARS_KEPT)
def _calendar(text: str) -> Hours:
    said = json.loads(text)
    try:
        week: list[list[tuple[str, str]]] = [[] for _ in range(7)]
        for day, begin, end in said["weekly"]:
            week[day].append((_time(begin), _time(end)))
        dated: dict[date, Day] = {
            date.fromisoformat(day): () for day in said.get("holidays", [])
        }
        for day, hours in said.get("date_hours", {}).items():
            dated[date.fromisoformat(day)] = tuple((_time(b), _time(e)) for b, e in hours)
        return Hours(ZoneInfo(said["tz"]).key, tuple(map(tuple, week)), dated)
    except ZoneInfoNotFoundError:
        raise BadCase(f"{said['tz']!r} is no time zone") from None
    except KeyError as error:
        raise BadCase(f"the calendar has no {error}") from None
    except (TypeError, ValueError, IndexError, AttributeError, OSError) as error:
        raise BadCase(f"the calendar cannot be read: {error}") from None


def _time(words: str) -> str:
    if not TIME.fullmatch(words):
        raise ValueError(f"{words!r} is no time of day")
    return words


Judge = Callable[[Case], Judged]
