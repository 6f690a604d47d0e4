"""What changed from one version of a plan to another, in the plan's own words. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import timedelta

from answerable.entitlements.core.calendars import SpecialDay
from answerable.entitlements.core.durations import said
from answerable.entitlements.core.plan import Target, Terms

DAY = timedelta(days=1)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# What a row is known by, from one version to the next.
NAMES = ("key", "code", "state", "percent", "below", "says", "on")
LEFT_OUT = "-"
MOST_DAYS = 3  # that are named; of more, their number is said


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a plan says otherwise than before; empty before it was there, or after.

    `what` leads there: ("targets", "standard", "within").
    """

    what: tuple[str, ...]
    before: str
    after: str


def changes(old: Terms, new: Terms) -> list[Change]:
    """Return what another version says otherwise, in the order of a plan's text."""
    return [
        change
        for field in fields(Terms)
        for change in _between(
            (field.name,), getattr(old, field.name), getattr(new, field.name)
        )
    ]


def _between(what: tuple[str, ...], old: object, new: object) -> Iterator[Change]:
    if old == new:
        return
    before, after = _rows(old), _rows(new)
    if before is None or after is None:
        yield from _of_values(what, old, new)
        return
    for key in dict.fromkeys([*before, *after]):
        here = (*what, key)
        if key not in before:
            yield Change(here, "", in_words(after[key]))
        elif key not in after:
            yield Change(here, in_words(before[key]), "")
        else:
            yield from _of_values(here, before[key], after[key])


def _of_values(what: tuple[str, ...], old: object, new: object) -> Iterator[Change]:
    """Yield what differs between two rows, name by name, or between two values."""
    if old == new:
        return
    if not (is_dataclass(old) and type(old) is type(new)):
        yield Change(what, in_words(old), in_words(new))
        return
    before, after = _names(old), _names(new)
    for name in dict.fromkeys([*before, *after]):
        yield from _between((*what, name), before.get(name), after.get(name))


def _rows(value: object) -> dict[str, object] | None:
    """Return rows by what they are known by; None for what is no list or table of rows."""
    if isinstance(value, Mapping):
        return {str(key): row for key, row in value.items()}
    if isinstance(value, tuple) and value and all(map(is_dataclass, value)):
        return {_known_by(row): row for row in value}
    return {} if value == () else None


def _known_by(row: object) -> str:
    return next(str(getattr(row, name)) for name in NAMES if hasattr(row, name))


def _names(row: object) -> dict[str, object]:
    """Return what a row says by name, as the plan's text has it."""
    if not is_dataclass(row):
        return {}
    found = {field.name: getattr(row, field.name) for field in fields(row)}
    if isinstance(row, Target):
        found["within"] = str(row.allowance)
        del found["business_days"], found["elapsed_days"]
    if isinstance(row, SpecialDay):
        del found["is_own"]  # Where a day comes from changes no hours.
    found |= dict(zip(DAYS, found.pop("weekly", ()), strict=False))
    return found


def in_words(value: object) -> str:
    """Return a value of a plan as its text has it: "30 min", "form, email", "20 %"."""
    if is_dataclass(value):
        usual = {field.name: field.default for field in fields(value)}
        named = {
            name: in_words(inner)
            for name, inner in _names(value).items()
            if name not in NAMES[:1] and inner != usual.get(name)
        }
        return ", ".join(
            f"{name} {words}"
            for name, words in named.items()
            # What is usually so, and here is not, is said.
            if words != LEFT_OUT and (words != "no" or usual[name] is True)
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, timedelta):
        days, rest = divmod(value, DAY)
        return f"{days} days" if days > 1 and not rest else said(value)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple | frozenset | list | Mapping):
        return _listed(value)
    return str(value) if value not in (None, "") else LEFT_OUT


def _listed(values: Collection[object]) -> str:
    if isinstance(values, Mapping):
        values = [f"{name}: {in_words(value)}" for name, value in values.items()]
    if len(values) > MOST_DAYS and all(isinstance(value, SpecialDay) for value in values):
        return f"{len(values)} days"
    ordered = sorted(map(str, values)) if isinstance(values, frozenset) else values
    return ", ".join(_interval(inner) for inner in ordered) or LEFT_OUT


def _interval(value: object) -> str:
    """Return "08:00-17:00" for a pair of wall times; the hours of a day, or else its words."""
    if isinstance(value, tuple) and value and all(isinstance(inner, str) for inner in value):
        return "-".join(value)
    return in_words(value)
