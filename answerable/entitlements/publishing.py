"""What must hold of a plan before it is published: dates filled in, nothing out of reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from answerable.entitlements.core.calendars import CalendarTerms, SpecialDay, past_days
from answerable.entitlements.core.findings import Finding, Findings
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.wrong import PlanError
from answerable.entitlements.sources import Source

# It is called with the terms and with the time as `at`.
Check = Callable[..., None]


@cache
def checks() -> tuple[Check, ...]:
    """Return what else judges a plan before it is published. Each raises PlanError."""
    return tuple(import_string(path) for path in settings.PLAN_CHECKS)


def with_dates(document: Mapping[str, Any], *, at: datetime, source: Source) -> dict[str, Any]:
    """Return a plan's document with the dates of its holidays (holiday_sets.resolve)."""
    if "holidays" not in document:
        return dict(document)
    # The holidays of all countries are much to load for plans that name none.
    holiday_sets = import_module("answerable.entitlements.holiday_sets")
    resolved: dict[str, Any] = holiday_sets.resolve(document, at=at, source=source)
    return resolved


def filling(at: datetime, source: Source) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what fills in the dates of a document's holidays, before it is examined."""
    return partial(with_dates, at=at, source=source)


def says_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two documents with dates say the same, whatever filled the dates in."""
    return _without_notes(one) == _without_notes(other)


def judged(terms: Terms, before: Terms | None, at: datetime) -> tuple[Finding, ...]:
    """Return what keeps terms that can be read from being published; all of it at once.

    `before` are the terms of the version before, if there is one.
    """
    findings = Findings()
    judges: list[Check] = [partial(refuse_past_days, before=before), *checks()]
    for judge in judges:
        try:
            judge(terms, at=at)
        except PlanError as error:
            findings.caught(error.path, error)
    return findings.found


def refuse_past_days(terms: Terms, at: datetime, before: Terms | None) -> None:
    """Raise PlanError for a day off of the plan's own that is over already.

    It would change nothing, so its date must be a mistake. A day that the version before named
    may stay: it was to come then.
    """
    known = _own_days(before) if before else set()
    for calendar in terms.calendars.values():
        today = at.astimezone(ZoneInfo(calendar.zone)).date()
        for key, day in past_days(calendar, today):
            if day not in known:
                raise PlanError(
                    f"In holidays.{key}: {day.on} is over. Write a date to come, or leave the "
                    "day out.",
                    ("holidays", key, "days"),
                )


def _own_days(terms: Terms) -> set[SpecialDay]:
    return {day for calendar in terms.calendars.values() for day in _days_of(calendar)}


def _days_of(calendar: CalendarTerms) -> list[SpecialDay]:
    return [day for holidays in calendar.holidays for day in holidays.days]


def _without_notes(document: Mapping[str, Any]) -> dict[str, Any]:
    sets = document.get("holidays", {})
    bare = {
        key: {name: value for name, value in values.items() if name != "resolved"}
        for key, values in sets.items()
    }
    return {**document, "holidays": bare}
