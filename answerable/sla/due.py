"""When a promise is due, as the version of the plan that it pins says.

What cannot be worked out is never silently nothing: it is due at once, with the reason why.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.entitlements.core.allowance import Basis
from answerable.entitlements.core.plan import CalendarTerms, Metric, Target, Terms
from answerable.sla.calendars import Calendar, calendar_of
from answerable.sla.core.days import due_after
from answerable.sla.core.hours import Always, NeverOpen
from answerable.sla.core.pauses import Pause, due_with_pauses

log = logging.getLogger(__name__)

LONGEST_DOUBT = 200


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due. A `doubt` says why that could not be worked out."""

    at: datetime
    doubt: str = ""


def allowance_of(terms: Terms, target: Target, metric: str) -> timedelta:
    """Return what a row allows, days as 24 hours; a claim is decided in a share of it."""
    if metric == Metric.TRIAGE and target.metric != Metric.TRIAGE:
        return target.within * terms.triage_share
    return target.within


def due_of(
    terms: Terms,
    target: str,
    metric: str,
    counts_from: datetime,
    pauses: Sequence[Pause] = (),
) -> Due:
    """Return when what a row promises is due, counted from an instant, without the pauses.

    An open pause counts for nothing that lies before it. When it cannot be worked out (the
    calendar has no hours, the row or its calendar is missing, the instant is beyond reckoning)
    it is due when it began.
    """
    try:
        row = terms.target(target)
        calendar, allowed = counted_on(terms, row, metric, counts_from)
        found = due_with_pauses(calendar, counts_from, allowed, _closed(pauses))
        return Due(found or counts_from)
    except (NeverOpen, KeyError, OverflowError, ValueError) as error:
        says = f"{type(error).__name__}: {error}"[:LONGEST_DOUBT]
        log.exception("A promise cannot be worked out.", extra={"target": target})
        return Due(counts_from, says)


def counted_on(
    terms: Terms, row: Target, metric: str, counts_from: datetime
) -> tuple[Calendar, timedelta]:
    """Return on which calendar how much time is counted.

    Days of real time are counted around the clock; working days are the open time until they
    are over, so that a pause moves them by as much open time as it took.
    """
    calendar, allowed = calendar_of(terms.calendar(row)), row.allowance
    length = allowed.length
    if allowed.days and allowed.basis == Basis.ELAPSED:
        calendar, length = Always(), allowed.nominal
    elif allowed.days:
        length = calendar.open_time(counts_from, due_after(calendar, counts_from, allowed))
    is_share = metric == Metric.TRIAGE and row.metric != Metric.TRIAGE
    return calendar, length * terms.triage_share if is_share else length


def opening_of(terms: Terms, target: str, at: datetime) -> datetime:
    """Return when a clock that starts at an instant begins to run: the next opening."""
    try:
        return calendar_for(terms, target).opening(at)
    except (NeverOpen, KeyError, OverflowError, ValueError):
        return at


def calendar_terms(terms: Terms, target: str) -> CalendarTerms | None:
    """Return what the plan says of the calendar of a row, or None when it says nothing."""
    try:
        return terms.calendar(terms.target(target))
    except KeyError:
        return None


def calendar_for(terms: Terms, target: str) -> Calendar:
    """Return the calendar that a row is counted on. Raises KeyError."""
    return calendar_of(terms.calendar(terms.target(target)))


def calendar_counted(terms: Terms, target: str) -> Calendar:
    """Return the calendar whose open time a row is made of: days of real time have no hours.

    Raises KeyError.
    """
    allowed = terms.target(target).allowance
    if allowed.days and allowed.basis == Basis.ELAPSED:
        return Always()
    return calendar_for(terms, target)


def _closed(pauses: Sequence[Pause]) -> list[Pause]:
    """Return the pauses that have an end."""
    return [pause for pause in pauses if pause.end is not None]
