"""The hours of a week in words, days alike together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from answerable.lib import times

DAYS = 7
DASH = " \N{EN DASH} "


def hours_words(hours: Sequence[str]) -> list[str]:
    """Return the hours of a week, days alike together: “Mon to Fri 09:00-17:00”."""
    names, runs = times.names()["weekdays"], _runs(hours)
    return [f"{_days(names[first], names[last])} {text}" for first, last, text in runs]


def _runs(hours: Sequence[str]) -> Iterable[tuple[int, int, str]]:
    """Return the first and last day of each run of days with the same hours, but for none."""
    runs: list[tuple[int, int, str]] = []
    for day, text in enumerate(hours[:DAYS]):
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == text:
            runs[-1] = (runs[-1][0], day, text)
        else:
            runs.append((day, day, text))
    return [run for run in runs if run[2]]


def _days(first: str, last: str) -> str:
    return first if first == last else f"{first}{DASH}{last}"
