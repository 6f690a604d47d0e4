"""Makes a forecast each minute, keeps it, and measures those whose hour is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from answerable.forecast.actions.counting import count_arrivals
from answerable.forecast.making import forecast_of, scene_at
from answerable.forecast.models import Forecast, Suggestion
from answerable.forecast.statements import ALONE, SCORED
from answerable.live.events import Changed, publish

EACH = timedelta(seconds=60)
# Replies may be found delivered, and misses corrected, for a while.
SETTLED = timedelta(minutes=10)
KEPT = timedelta(days=60)
TOPIC = "wall-all"


@transaction.atomic
def make_forecast(*, at: datetime) -> Forecast | None:
    """Forecast the next hour and keep it, if it is time; None where it is not, or where another
    process does so."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE)
        (is_alone,) = cursor.fetchone() or (False,)
    if not is_alone or Forecast.objects.filter(at__gt=at - EACH).exists():
        return None
    newest_ticket, newest_clock = count_arrivals(at=at)
    measure(at=at)
    forecast = forecast_of(scene_at(at))
    forecast.newest_ticket, forecast.newest_clock = newest_ticket, newest_clock
    forecast.save()
    publish(Changed(TOPIC))
    return forecast


def measure(*, at: datetime) -> None:
    """Note of each forecast whose hour is over what came of it; forget those of long ago."""
    with connection.cursor() as cursor:
        cursor.execute(SCORED, {"settled": at - SETTLED})
    Forecast.objects.filter(at__lt=at - KEPT).delete()
    Suggestion.objects.filter(until__lt=at - KEPT).delete()


def keep_forecast(forecast: Forecast) -> None:
    """Keep a forecast that was made before, with what came of it: in a demonstration."""
    forecast.save()
