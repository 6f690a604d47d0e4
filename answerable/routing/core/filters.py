"""Filters of the queue as text in an address: read, written, and the same again. Pure.

“state=open,waiting&tag=!spam&created=7d” is three conditions that all hold. A condition is a
key and values of which one holds; with “!” before the first, none does. What a key or a value
means, filter_sql.py says; what it is called, the desk.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, unquote_plus

# In the order in which they are written and shown.
KEYS = (
    "state",
    "clock",
    "plan",
    "contract",
    "severity",
    "priority",
    "channel",
    "language",
    "customer",
    "assignee",
    "team",
    "skill",
    "tag",
    "product",
    "environment",
    "claim",
    "created",
    "last",
)
FIELD = "field."
CHOICES = {
    "state": ("review", "open", "waiting", "held", "resolved"),
    "clock": ("late", "at_risk", "soon", "on_track", "not_started", "aim", "none"),
    "priority": ("low", "normal", "high", "urgent"),
    "claim": ("open", "confirmed", "changed"),
}
NUMBERS = frozenset({"customer", "contract"})
RANGES = frozenset({"created", "last"})
# Those that name what a ticket has, one or several: rules ask for the same.
SETS = tuple(key for key in KEYS if key not in RANGES)
PEOPLE = ("me", "nobody")
ORDERS = ("slack", "due", "oldest", "account")
MOST_VALUES = 50
LONGEST = 200
LONGEST_NUMBER = 18
LONGEST_DAYS = 4


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that tickets are filtered by: any of these values, or none of them."""

    key: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that all hold, one a key, and what of the text could not be read."""

    conditions: tuple[Condition, ...] = ()
    unread: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.conditions)

    def of(self, key: str) -> Condition | None:
        """Return the condition of a key, or None."""
        return next((one for one in self.conditions if one.key == key), None)

    def without(self, key: str) -> Filters:
        """Return the filters without the condition of a key."""
        return Filters(tuple(one for one in self.conditions if one.key != key), self.unread)

    def with_one(self, key: str, values: Iterable[str], *, negated: bool = False) -> Filters:
        """Return the filters with this condition in the place of that of its key, if it is one.

        Values that mean nothing for the key are left out; a condition without any is none.
        """
        known = tuple(dict.fromkeys(value for value in values if is_value(key, value)))
        kept = self.without(key)
        if not known or not is_key(key):
            return kept
        one = Condition(key, known[:MOST_VALUES], negated)
        return replace(kept, conditions=tuple(sorted((*kept.conditions, one), key=_place)))

    def written(self) -> str:
        """Return the filters as text; `parse` returns the same again."""
        return "&".join(
            f"{quote(one.key)}={'!' if one.negated else ''}{','.join(map(_quoted, one.values))}"
            for one in self.conditions
        )


@dataclass(frozen=True, slots=True)
class Days:
    """From one day on, to another, both included; None is no bound."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Within:
    """Within the last days, or longer ago than that."""

    days: int
    longer_ago: bool = False


def parse(text: str) -> Filters:
    """Read filters from an address's query. Of a key that comes twice all values count.

    What is not understood stands in `unread`, so that nobody believes in a filter that none is.
    Keys that the page has for other things are to be taken out before.
    """
    filters, unread = Filters(), []
    for pair in text.lstrip("?").split("&"):
        name, _, rest = pair.partition("=")
        key, negated = unquote_plus(name), rest.startswith("!")
        values = [unquote_plus(value) for value in rest.removeprefix("!").split(",") if value]
        if not values:
            continue
        before = filters.of(key)
        same = before is not None and before.negated == negated
        filters = filters.with_one(
            key, [*(before.values if before and same else ()), *values], negated=negated
        )
        if not is_key(key) or not all(is_value(key, value) for value in values):
            unread.append(unquote_plus(pair)[:LONGEST])
    return replace(filters, unread=tuple(unread))


def is_key(key: str) -> bool:
    """Say whether there is such a filter; which fields there are, only the database knows."""
    return key in KEYS or (key.startswith(FIELD) and key != FIELD)


def is_value(key: str, value: str) -> bool:
    """Say whether a value means something for a key."""
    if not value or len(value) > LONGEST or "\x00" in value:
        return False
    if key in CHOICES:
        return value in CHOICES[key]
    if key in RANGES:
        return range_in(value) is not None
    if key in NUMBERS:
        return _is_number(value)
    return key != "assignee" or value in PEOPLE or _is_number(value)


def range_in(value: str) -> Days | Within | None:
    """Return what “7d”, “-7d”, “2026-01-31”, “2026-01-01..” or “..2026-01-31” means."""
    days = value.removesuffix("d").removeprefix("-")
    if value.endswith("d") and days.isascii() and days.isdigit() and len(days) <= LONGEST_DAYS:
        return Within(int(days), value.startswith("-")) if int(days) else None
    begin, dots, end = value.partition("..")
    if not dots:
        day = _day(value)
        return Days(day, day) if day else None
    first, last = _day(begin), _day(end)
    is_read = (first or not begin) and (last or not end) and (first or last)
    if not is_read or (first and last and first > last):
        return None
    return Days(first, last)


def bounds(value: Days | Within, midnight_of: dict[date, datetime], at: datetime) -> Bounds:
    """Return the instants that a range means: from the first, up to before the second.

    `midnight_of` has the instant at which each day that is named begins, in the reader's zone,
    and that after it.
    """
    if isinstance(value, Within):
        edge = at - timedelta(days=value.days)
        return Bounds(None, edge) if value.longer_ago else Bounds(edge, None)
    first = midnight_of[value.first] if value.first else None
    last = midnight_of[value.last + timedelta(days=1)] if value.last else None
    return Bounds(first, last)


@dataclass(frozen=True, slots=True)
class Bounds:
    """From an instant on, until before another; None is no bound."""

    first: datetime | None
    before: datetime | None


def days_named(value: Days | Within) -> list[date]:
    """Return the days whose beginning `bounds` asks for."""
    if isinstance(value, Within):
        return []
    first = [value.first] if value.first else []
    return [*first, value.last + timedelta(days=1)] if value.last else first


def utc_midnights(value: Days | Within) -> dict[date, datetime]:
    """Return the beginnings of the days of a range in UTC."""
    return {
        day: datetime(day.year, day.month, day.day, tzinfo=UTC) for day in days_named(value)
    }


def _day(text: str) -> date | None:
    if len(text) != len("2026-01-31"):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year < date.max.year else None


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER


def _quoted(value: str) -> str:
    return quote(value, safe="")


def _place(one: Condition) -> tuple[int, str]:
    return (KEYS.index(one.key), "") if one.key in KEYS else (len(KEYS), one.key)
