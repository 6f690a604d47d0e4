"""Due computations per second on one core, around the clock and in office hours."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from answerable.sla.core.hours import Always, Hours
from bench.measure import Figure, arguments, report, single

OFFICE = ((("08:00", "17:00"),),) * 5 + ((), ())
ALLOWANCES = [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=9)]
YEAR = datetime(2025, 1, 1, tzinfo=UTC)
SECONDS_OF_A_YEAR = 365 * 24 * 3600
CASES = 200_000
RUNS = 5

Case = tuple[Always | Hours, datetime, timedelta]


def main(argv: Sequence[str]) -> None:
    """Measure, and report the best of five runs by the processor's time."""
    options = arguments(__doc__ or "").parse_args(argv)
    mixed = cases()
    office = [case for case in mixed if isinstance(case[0], Hours)]
    figures = [
        rate("Due times per CPU-second, half around the clock", mixed),
        rate("Due times per CPU-second, office hours only", office),
    ]
    report("due", figures, options.json)


def cases() -> list[Case]:
    """Return starts all over a year, every other one in office hours; the same each time."""
    chance = random.Random(1)  # noqa: S311  # Nothing secret: only to spread the starts.
    always, office = Always(), Hours("Europe/Berlin", OFFICE)
    return [
        (
            office if number % 2 else always,
            YEAR + timedelta(seconds=chance.randrange(SECONDS_OF_A_YEAR)),
            ALLOWANCES[number % len(ALLOWANCES)],
        )
        for number in range(CASES)
    ]


def rate(name: str, computed: Sequence[Case]) -> Figure:
    """Return how many of these are computed in a second."""
    return single(name, len(computed) / min(_seconds(computed) for _ in range(RUNS)), "/s")


def _seconds(computed: Sequence[Case]) -> float:
    begun = time.process_time()
    for calendar, start, allowance in computed:
        calendar.due(start, allowance)
    return time.process_time() - begun
