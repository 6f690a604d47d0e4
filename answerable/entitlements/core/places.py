"""Which files and feeds a plan names, and which of their days off have changed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from answerable.entitlements.core.calendars import HolidaySet, SpecialDay
from answerable.entitlements.core.plan import Terms

FILE, FEED = "ics", "feed"
LONGEST = {FILE: 500, FEED: 2000}
MOST_BYTES = 2_000_000  # of an iCalendar
YEARS_COMPARED = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A place that a plan names: in which set of days off, and of which kind it is."""

    holidays: str
    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class DayChange:
    """A date of a set of days off that was not one before, or is none any more."""

    holidays: str
    on: date
    name: str
    is_added: bool

    @property
    def row(self) -> dict[str, Any]:
        """The change as JSON can keep it."""
        return {**asdict(self), "on": self.on.isoformat()}


def change_of(row: Mapping[str, Any]) -> DayChange:
    """Return a change from what was kept of it."""
    return DayChange(**{**row, "on": date.fromisoformat(row["on"])})


def places_in(document: Mapping[str, Any]) -> list[Named]:
    """Return the files and feeds that a plan's document names, each once a set."""
    return list(_places(document.get("holidays")))


def feeds_in(document: Mapping[str, Any]) -> list[str]:
    """Return the feeds that a plan's document names, each once."""
    return _of_kind(document, FEED)


def files_in(document: Mapping[str, Any]) -> list[str]:
    """Return the iCalendar files that a plan's document names, each once."""
    return _of_kind(document, FILE)


def changed_days(
    before: Terms, after: Terms, keys: Collection[str], since: date
) -> list[DayChange]:
    """Return the dates that some sets of days off have otherwise, in their order.

    They are compared from a date until the end of the second year after it: whoever repeats a
    day every year names one more each January, which is no news. Names promise nothing.
    """
    until = date(since.year + YEARS_COMPARED, 12, 31)
    old, new = _sets(before), _sets(after)
    found = []
    for key in keys:
        had, has = (_days(sets.get(key), since, until) for sets in (old, new))
        for on in had.keys() ^ has.keys():
            day = has.get(on) or had[on]
            found.append(DayChange(key, on, day.name, on in has))
    return sorted(found, key=lambda change: (change.on, change.holidays))


def is_place(words: str, kind: str = FEED) -> bool:
    """Return whether words can be the place of a file or a feed: neither endless nor unseen."""
    return len(words) <= LONGEST[kind] and words.isprintable()


def _places(sets: object) -> Iterator[Named]:
    for key, values in sets.items() if isinstance(sets, Mapping) else ():
        for kind in (FILE, FEED):
            place = values.get(kind) if isinstance(values, Mapping) else None
            if isinstance(place, str) and is_place(place, kind):
                yield Named(key, kind, place)


def _of_kind(document: Mapping[str, Any], kind: str) -> list[str]:
    return list(dict.fromkeys(one.place for one in places_in(document) if one.kind == kind))


def _sets(terms: Terms) -> dict[str, HolidaySet]:
    return {
        holidays.key: holidays
        for calendar in terms.calendars.values()
        for holidays in calendar.holidays
    }


def _days(holidays: HolidaySet | None, since: date, until: date) -> dict[date, SpecialDay]:
    days = holidays.days if holidays else ()
    return {day.on: day for day in days if since <= day.on <= until}
