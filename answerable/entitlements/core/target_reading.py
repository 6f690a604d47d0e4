"""Reads a row of the matrix: for whom, on which way in, how fast, how binding. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

from answerable.entitlements.core.durations import ENTER, duration, plain, share
from answerable.entitlements.core.plan import Kind, Metric, Start, Target
from answerable.entitlements.core.rows import LONGEST_KEY, Row

DAY = timedelta(days=1)
Within = tuple[timedelta, int]  # a length by which it is compared, and how many working days


def read_target(row: Row) -> Target:
    """Return a row of the plan."""
    within, days = _within(row)
    target = Target(
        key=row.text("key", most=LONGEST_KEY),
        metric=row.one_of("metric", list(Metric)),
        severity=row.text_or_none("severity", most=LONGEST_KEY),
        requester=row.text("requester"),
        channels=row.texts("channels"),
        within=within,
        calendar=row.text("calendar"),
        kind=_kind(row),
        languages=row.texts("languages"),
        environments=row.texts("environments"),
        products=row.texts("products"),
        business_days=days,
        due_soon=_due_soon(row, within),
        kept_share=row.share("kept"),
        every=row.yes("every"),
        starts=row.one_of("starts", list(Start), Start.CREATED),
    )
    row.end()
    return target


def _kind(row: Row) -> Kind:
    kind = row.one_of("kind", list(Kind))
    return Kind(kind) if kind in set(Kind) else Kind.AIM


def _within(row: Row) -> Within:
    row.need("within")
    found = row.parsed("within", allowed, None, such=f"{ENTER}.")
    return found or (timedelta(0), 0)


def allowed(words: str) -> Within:
    """Return "4h" or "1 working day" as a length and how many working days it is.

    A working day is compared as 24 hours. Raises PlanError for anything else.
    """
    days = re.fullmatch(r"(\d{1,6})bd", plain(words), re.ASCII)
    if days:
        return int(days.group(1)) * DAY, int(days.group(1))
    return duration(words), 0


def _due_soon(row: Row, within: timedelta) -> timedelta | None:
    return row.parsed(
        "due_soon",
        lambda words: share(words) * within if "%" in words else duration(words),
        None,
        such=f"{ENTER}, or a share like 20%.",
    )
