"""Answers by month as stacked bars, whose places are plain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from answerable.surveys.core.tally import Tally

WIDE, HIGH, GAP = 48, 120, 12
LABEL = 3  # letters of a month's name below its bar


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: where it begins, how high it is, and what it counts."""

    y: int
    height: int
    kind: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: its place in the drawing, its name, and the pieces of its bar."""

    x: int
    name: str
    short: str
    tally: Tally
    parts: list[Part]

    @property
    def middle(self) -> int:
        """Where its number stands."""
        return self.x + (WIDE - GAP) // 2

    @property
    def top(self) -> int:
        """Above which its number stands."""
        return min((part.y for part in self.parts), default=HIGH) - 4


@dataclass(frozen=True, slots=True)
class Plot:
    """The bars, with what they show in a sentence."""

    bars: list[Bar]
    finding: str
    width: int
    height: int = HIGH
    bar: int = WIDE - GAP


def plot_of(months: Sequence[tuple[str, Tally]]) -> Plot:
    """Return the plot of months: their names, and what was answered in each."""
    most = max((tally.answered for _name, tally in months), default=0) or 1
    bars = [_bar(place, name, tally, most) for place, (name, tally) in enumerate(months)]
    return Plot(bars, _finding(months), len(bars) * WIDE)


def _bar(place: int, name: str, tally: Tally, most: int) -> Bar:
    """Return a bar: what is bad stands at the bottom, and what is good on top."""
    parts, so_far = [], 0
    for kind, count in (("bad", tally.bad), ("middling", tally.middling), ("good", tally.good)):
        below, so_far = round(HIGH * so_far / most), so_far + count
        above = round(HIGH * so_far / most)
        if count:
            parts.append(Part(HIGH - above, max(above - below, 1), kind))
    return Bar(place * WIDE, name, name[:LABEL], tally, parts)


def _finding(months: Sequence[tuple[str, Tally]]) -> str:
    total = sum((tally for _name, tally in months), Tally())
    words = _("{answered} of {asked} answered: {good} good, {middling} middling, {bad} bad.")
    return words.format(
        answered=total.answered,
        asked=total.asked,
        good=total.good,
        middling=total.middling,
        bad=total.bad,
    )
