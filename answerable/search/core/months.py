"""Marks of the time at which a ticket last changed: its year and its month, by UTC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

# Nothing in a help desk is older: without an end, years are counted from here.
FIRST = date(1990, 1, 1)


def marks_of_time(first: date | None, last: date) -> list[str]:
    """Return marks of which every ticket has one that last changed from one day, or ever, up to
    another: whole years, and single months at the ends. None where the end is before the
    beginning.
    """
    return list(_marks(max(first or FIRST, FIRST), last))


def _marks(first: date, last: date) -> Iterator[str]:
    for year in range(first.year, last.year + 1):
        begin = first.month if year == first.year else 1
        end = last.month if year == last.year else 12
        if begin == 1 and end == 12:
            yield f"#y{year}"
        else:
            yield from (f"#m{year}{month:02}" for month in range(begin, end + 1))
