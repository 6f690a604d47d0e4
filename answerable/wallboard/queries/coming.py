"""The next 60 minutes: what falls due in each ten minutes, and what the forecast says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from answerable.forecast.core.reading import BLOCKS
from answerable.forecast.known import Known, due_within
from answerable.forecast.making import floor
from answerable.forecast.models import Forecast
from answerable.forecast.queries import Coverage, coverage, newest_forecast

TEN = timedelta(minutes=10)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Block:
    """Ten minutes: how many promises are known to fall due in them, how many of these are of
    critical tickets, and how many more are expected on average."""

    begins_at: datetime
    known: int
    critical: int
    expected: float

    @property
    def together(self) -> float:
        """All of them."""
        return self.known + self.expected


@dataclass(frozen=True, slots=True)
class NextHour:
    """The blocks of the hour, and the forecast that holds, if there is one."""

    blocks: Sequence[Block]
    forecast: Forecast | None
    coverage: Coverage

    @property
    def has_figures(self) -> bool:
        """Whether there were weeks enough for a forecast."""
        return self.forecast is not None and self.forecast.low is not None

    @property
    def shown(self) -> dict[str, Any]:
        """What the forecast says."""
        said: dict[str, Any] = self.forecast.shown if self.forecast else {}
        return said


def next_hour(at: datetime) -> NextHour:
    """Return the next 60 minutes. Three queries."""
    forecast = newest_forecast(at)
    expected = forecast.shown.get("expected", []) if forecast else []
    # What was expected of ten minutes that have passed since is over.
    gone = round((floor(at) - floor(forecast.at)) / TEN) if forecast else 0
    known = due_within(at, at + HOUR)
    blocks = [_block(place, known, [*expected[gone:]], at) for place in range(BLOCKS)]
    return NextHour(blocks, forecast, coverage(at))


def _block(
    place: int, known: Sequence[Known], expected: Sequence[float], at: datetime
) -> Block:
    begins_at = floor(at) + place * TEN
    mine = [one for one in known if begins_at <= one.due_at < begins_at + TEN]
    return Block(
        begins_at=begins_at,
        known=len(mine),
        critical=sum(one.is_critical for one in mine),
        expected=expected[place] if place < len(expected) else 0.0,
    )
