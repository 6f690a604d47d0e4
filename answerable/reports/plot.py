"""How much of their time promises used, as bars whose places are plain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.utils.translation import gettext as _

from answerable.sla.report_words import DASH

WIDE, HIGH, GAP = 40, 120, 6
PROMISED = 10  # tenths of the time: what is beyond them was late
LATEST = 13


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place in the drawing, what it stands for, and how many there are."""

    x: int
    y: int
    height: int
    words: str
    count: int
    is_late: bool

    @property
    def middle(self) -> int:
        """Where its number stands."""
        return self.x + (WIDE - GAP) // 2


@dataclass(frozen=True, slots=True)
class Plot:
    """The distribution, with what it shows in a sentence."""

    bars: list[Bar]
    finding: str
    width: int = (LATEST + 1) * WIDE
    height: int = HIGH
    bar: int = WIDE - GAP
    promised: int = PROMISED * WIDE - GAP // 2


def plot_of(counts: Sequence[int]) -> Plot:
    """Return the plot of how many promises used which tenth of their time (sla/kept.py)."""
    most = max(counts, default=0) or 1
    bars = [_bar(place, count, most) for place, count in enumerate(counts)]
    return Plot(bars, _finding(counts))


def _bar(place: int, count: int, most: int) -> Bar:
    height = max(2, round(HIGH * count / most)) if count else 0
    return Bar(
        x=place * WIDE,
        y=HIGH - height,
        height=height,
        words=_range(place),
        count=count,
        is_late=place >= PROMISED,
    )


def _range(place: int) -> str:
    if place == LATEST:
        return _("over 130 %, or no answer yet")
    words = f"{place * 10}{DASH}{place * 10 + 10}"
    return _("{number} %").format(number=words)


def _finding(counts: Sequence[int]) -> str:
    late, together = sum(counts[PROMISED:]), sum(counts)
    reached = accumulate(counts)
    half = next((place for place, sum_ in enumerate(reached) if sum_ * 2 >= together), 0)
    words = (
        _("Half of the answers used up to {share} % of their time; {late} of {all} were late.")
        if half < LATEST
        else _("Half of the answers used more than 130 %; {late} of {all} were late.")
    )
    return words.format(share=half * 10 + 10, late=late, all=together)
