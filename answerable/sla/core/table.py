"""Open stretches as a table with running totals: looking far ahead costs no more. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from answerable.sla.core.walls import MICRO, micros

# A local year and the same year in UTC begin and end within this of each other.
MARGIN = timedelta(days=2) // MICRO


@dataclass(frozen=True, slots=True)
class Table:
    """The open stretches of whole local years, in order, as microseconds since the epoch.

    It knows everything from `since` until `until`. It never changes: many threads look it up.
    """

    first: int
    last: int
    since: int
    until: int
    begins: list[int]
    ends: list[int]
    before: list[int]  # how much was open before each stretch
    total: int

    def open_until(self, at: int) -> int:
        """Return how much was open before an instant."""
        row = bisect_right(self.begins, at) - 1
        if row < 0:
            return 0
        return self.before[row] + min(at, self.ends[row]) - self.begins[row]

    def used_up(self, wanted: int) -> int:
        """Return the first instant at which as much as this was open."""
        row = bisect_left(self.before, wanted) - 1
        return self.begins[row] + wanted - self.before[row]

    def opening(self, at: int) -> int | None:
        """Return the instant itself when open, else the next opening; None beyond the table."""
        row = bisect_right(self.ends, at)
        return max(self.begins[row], at) if row < len(self.begins) else None

    def between(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the open stretches between two instants, in order."""
        rows = range(bisect_right(self.ends, first), bisect_left(self.begins, last))
        return [(max(self.begins[row], first), min(self.ends[row], last)) for row in rows]


EMPTY = Table(0, 0, 0, 0, [], [], [], 0)


def table_of(first: int, last: int, stretches: Iterable[tuple[int, int]]) -> Table:
    """Return the table of the years from `first` to `last`; stretches that touch become one."""
    begins: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    total = 0
    for begin, end in sorted(stretches):
        if ends and begin <= ends[-1]:
            total += max(end - ends[-1], 0)
            ends[-1] = max(end, ends[-1])
            continue
        begins.append(begin)
        ends.append(end)
        before.append(total)
        total += end - begin
    since = micros(datetime(first, 1, 1, tzinfo=UTC)) + MARGIN
    until = micros(datetime(last + 1, 1, 1, tzinfo=UTC)) - MARGIN
    return Table(first, last, since, until, begins, ends, before, total)
