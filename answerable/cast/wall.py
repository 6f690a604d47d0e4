"""What the demonstration's wallboard looks back on: what came in for weeks, and forecasts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings

from answerable.forecast.actions import keep_forecast, make_forecast, remember_arrivals
from answerable.forecast.core.arriving import MOST_WEEKS, poisson
from answerable.forecast.models import Arrival, Forecast

TEN, HOUR, DAY = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)
# How many come in an hour, by the hour of the day from midnight on; half of it at weekends.
BY_HOUR = (1, 1, 1, 1, 1, 2, 3, 5, 8, 9, 9, 8, 6, 8, 9, 8, 7, 5, 3, 2, 2, 1, 1, 1)
SATURDAY = 5
KINDS = ((Arrival.Kind.WRITTEN, 60, 0.6), (Arrival.Kind.WRITTEN, 30, 0.05))
LIVE = ((Arrival.Kind.CHAT, None, 0.25), (Arrival.Kind.CALL, None, 0.1))
MEASURED_DAYS = 30
# What was said of an hour, and what came: of six, five lie in the range.
SAID = ((0, 2, 1), (0, 1, 0), (1, 3, 2), (0, 2, 0), (0, 1, 2), (1, 4, 1))


def tell_of_the_wall(*, at: datetime) -> None:
    """Let weeks of arrivals be known, and forecasts of the last month; then forecast once."""
    begin = at.replace(minute=0, second=0, microsecond=0)
    remember_arrivals(_arrivals(begin))
    for number in range(MEASURED_DAYS * len(SAID)):
        low, high, missed = SAID[number % len(SAID)]
        said_at = begin - DAY - number * 4 * HOUR
        keep_forecast(
            Forecast(at=said_at, ends_at=said_at + HOUR, low=low, high=high, missed=missed)
        )
    make_forecast(at=at)


def _arrivals(begin: datetime) -> Iterable[Arrival]:
    """Yield what came in each ten minutes of eight weeks; the same in every demonstration."""
    chance, zone = Random(8), ZoneInfo(settings.ANSWERABLE_ZONE)  # noqa: S311
    for number in range(1, MOST_WEEKS * 7 * 24 * 6 + 1):
        begins_at = begin - number * TEN
        local = begins_at.astimezone(zone)
        rate = BY_HOUR[local.hour] / (2 if local.weekday() >= SATURDAY else 1)
        for kind, within, share in (*KINDS, *LIVE):
            if many := poisson(rate * share / 6, chance):
                yield Arrival(begins_at=begins_at, kind=kind, within=within, many=many)
