"""Days off from iCalendar files and feeds: events of whole days, also those that come again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from dateutil.rrule import rrule, rrulestr
from icalendar import Calendar

from answerable.entitlements.core.places import MOST_BYTES
from answerable.entitlements.core.wrong import PlanError

MOST_DAYS = 10_000
OLDEST = 1900
LONGEST_NAME = 200
ONE_DAY = timedelta(days=1)
REPEATS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """The days with their names, and how many events were left out: they have times of day."""

    days: Mapping[date, str]
    left_out: int


# The same few are read again at each preview, and a long one takes a while.
@lru_cache(maxsize=8)
def days_of(data: bytes, since: date, until: date) -> Found:
    """Return the days of a calendar between two dates, both of which are included.

    Raises PlanError for what is no iCalendar, and for more than anybody's days off.
    """
    if len(data) > MOST_BYTES:
        raise PlanError(f"The calendar is longer than {MOST_BYTES // 1_000_000} MB.")
    try:
        events: list[Event] = list(Calendar.from_ical(data).walk("VEVENT"))
        kept = [event for event in events if _is_whole_day(event)]
        named = [pair for event in kept for pair in _days(event, events, since, until)]
    except (ValueError, TypeError, OverflowError, KeyError, AttributeError) as error:
        raise PlanError(f"This is not an iCalendar that can be read: {error}") from error
    if len(named) > MOST_DAYS:
        raise PlanError(f"The calendar has more than {MOST_DAYS:,} days.")
    return Found(_joined(named), len(events) - len(kept))


def _is_whole_day(event: Event) -> bool:
    start = event.get("DTSTART")
    return start is not None and _is_date(start.dt)


def _is_date(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _days(
    event: Event, events: Iterable[Event], since: date, until: date
) -> Iterator[tuple[date, str]]:
    """Return the days of an event, each with its name."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    name = " ".join(str(event.get("SUMMARY", "")).split())[:LONGEST_NAME]
    length = _length(event)
    left_out = {*_dates(event, "EXDATE"), *_moved(event, events)}
    starts = {*_starts(event, since - length, until), *_dates(event, "RDATE")} - left_out
    for start in sorted(starts):
        for number in range(min(length.days, MOST_DAYS)):
            day = start + number * ONE_DAY
            if since <= day <= until:
                yield day, name


def _length(event: Event) -> timedelta:
    """Return how many whole days an event lasts: its end is the day after its last."""
    length = ONE_DAY
    if "DTEND" in event and _is_date(event["DTEND"].dt):
        length = event["DTEND"].dt - event["DTSTART"].dt
    elif "DURATION" in event:
        length = timedelta(days=event["DURATION"].dt.days)
    return max(length, ONE_DAY)


def _starts(event: Event, since: date, until: date) -> Iterator[date]:
    start = event["DTSTART"].dt
    yield start
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        found = _rule(rule.to_ical().decode(), start, until)
        between = found.between(_midnight(since), _midnight(until), inc=True)
        yield from (repeated.date() for repeated in between)


def _rule(words: str, start: date, until: date) -> rrule:
    """Return when an event comes again. It looks no further than it must."""
    frequency = re.search(r"FREQ=(\w+)", words)
    if not frequency or frequency[1] not in REPEATS or start.year < OLDEST:
        raise ValueError(f"{words} from {start} is no rule for days.")
    # The days have no zone, and so must the end of the rule have none.
    rule: rrule = rrulestr(re.sub(r"(UNTIL=\d{8})T\w+", r"\1", words), dtstart=_midnight(start))
    return (
        rule if "COUNT=" in words or "UNTIL=" in words else rule.replace(until=_midnight(until))
    )


def _moved(event: Event, events: Iterable[Event]) -> Iterator[date]:
    """Return the days of a repeated event that have an event of their own instead."""
    if "RRULE" in event:
        for other in events:
            if "RECURRENCE-ID" in other and other.get("UID") == event.get("UID"):
                yield _as_date(other["RECURRENCE-ID"].dt)


def _dates(event: Event, key: str) -> Iterator[date]:
    lists = event.get(key, [])
    for each in lists if isinstance(lists, list) else [lists]:
        yield from (_as_date(value.dt) for value in each.dts)


def _as_date(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  # Days have no zone.


def _joined(named: Iterable[tuple[date, str]]) -> dict[date, str]:
    """Return the names of each day as one, in the order of the days."""
    names: dict[date, list[str]] = {}
    for day, name in named:
        known = names.setdefault(day, [])
        if name and name not in known:
            known.append(name)
    return {day: ", ".join(names[day])[:LONGEST_NAME] for day in sorted(names)}
