"""Three numbers, never one that hides: promises kept, missed and excused. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil, sqrt

FEW = 10
# 95 % of a normal distribution lie within so many deviations of its middle.
WITHIN_95 = 1.959963984540054


class Standing(StrEnum):
    """What a promise counts as. An excused one stays missed: the excuse stands beside it."""

    MET = "met"
    MISSED = "missed"
    EXCUSED = "excused"
    OPEN = "open"
    LEFT_OUT = "left_out"


# Any other outcome of a clock (void, superseded) was never kept nor missed.
STANDINGS = {
    "met": Standing.MET,
    "missed": Standing.MISSED,
    "running": Standing.OPEN,
    "paused": Standing.OPEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How one promise was kept: its clock, what it measured, and what became of it.

    `over` is how much of its calendar's open time passed between the due time and the answer;
    None where the calendar is always open, so that the wall clock says it.
    """

    clock: int
    ticket: int
    metric: str
    severity: str
    started_at: datetime
    due_at: datetime
    answered_at: datetime | None
    outcome: str
    excused: bool
    contract: int | None = None
    over: timedelta | None = None

    @property
    def standing(self) -> Standing:
        """What it counts as."""
        standing = STANDINGS.get(self.outcome, Standing.LEFT_OUT)
        return Standing.EXCUSED if self.excused and standing == Standing.MISSED else standing

    @property
    def taken(self) -> timedelta | None:
        """How long the answer took from the start, by the wall clock; None without one."""
        return self.answered_at - self.started_at if self.answered_at else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises were kept, missed and excused, and how many are still open.

    Those that are left out (void, superseded) are no promises any more, and counted apart.
    """

    met: int = 0
    missed: int = 0
    excused: int = 0
    open: int = 0
    left_out: int = 0

    @property
    def promises(self) -> int:
        """All that were made and stand."""
        return self.fell_due + self.open

    @property
    def fell_due(self) -> int:
        """Those whose outcome is known."""
        return self.met + self.missed + self.excused

    @property
    def share(self) -> float | None:
        """The share that was kept of all that fell due; None where none did.

        An excused promise was not kept: no excuse makes this better.
        """
        return self.met / self.fell_due if self.fell_due else None

    @property
    def range(self) -> tuple[float, float]:
        """Between which shares the truth lies, with 95 % confidence (Wilson)."""
        return wilson(self.met, self.fell_due)

    @property
    def is_few(self) -> bool:
        """Whether so few fell due that a percentage says little."""
        return self.fell_due < FEW

    def __add__(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(
            self.met + other.met,
            self.missed + other.missed,
            self.excused + other.excused,
            self.open + other.open,
            self.left_out + other.left_out,
        )


def tally(promises: Iterable[Kept]) -> Tally:
    """Return how many of these promises stand how."""
    count = Counter(promise.standing.value for promise in promises)
    return Tally(**count)


def wilson(kept: int, of: int) -> tuple[float, float]:
    """Return the Wilson score interval of a share at 95 %, from 0 to 1; all of it for none.

    E. B. Wilson, “Probable inference”, Journal of the American Statistical Association, 1927.
    """
    if not of:
        return 0.0, 1.0
    share, square = kept / of, WITHIN_95 * WITHIN_95
    spread = WITHIN_95 * sqrt(share * (1 - share) / of + square / (4 * of * of))
    middle, scale = share + square / (2 * of), 1 + square / of
    low = (middle - spread) / scale if kept else 0.0
    high = (middle + spread) / scale if kept < of else 1.0
    return low, high


def quantile(lengths: Sequence[timedelta | None], share: float) -> timedelta | None:
    """Return the length within which this share of them lies, a length that occurs.

    None stands for what has not ended: it is longer than any length. None for no lengths too.
    The same as PostgreSQL's percentile_disc.
    """
    ended = sorted(length for length in lengths if length is not None)
    place = max(1, ceil(share * len(lengths)))
    return ended[place - 1] if place <= len(ended) else None
