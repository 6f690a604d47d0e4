"""Counts what comes in, from the tickets that are there: who writes one writes nothing here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from answerable.forecast.core.arriving import MOST_WEEKS
from answerable.forecast.models import Arrival, Forecast
from answerable.forecast.statements import COUNTED
from answerable.sla.models import Clock
from answerable.tickets.models import Ticket

# What came is counted again for so long: a ticket may be committed, or told from mail, later.
AGAIN = timedelta(hours=2)
KEPT = timedelta(weeks=MOST_WEEKS + 2)
BIN = timedelta(minutes=10)


@transaction.atomic
def count_arrivals(*, at: datetime) -> tuple[int, int]:
    """Count what came in the last hours anew, and before the first time all of the last weeks;
    return the numbers of the newest ticket and the newest clock.

    Only what came since a forecast of two hours ago is read, however many tickets there are.
    """
    before = Forecast.objects.filter(at__lte=at - AGAIN).order_by("-at").first()
    since = _bin(before.at) if before else at - KEPT
    Arrival.objects.filter(begins_at__gte=since).delete()
    asks: dict[str, Any] = {
        "since": since,
        "at": at,
        "after": before.newest_ticket if before else 0,
        "after_clock": before.newest_clock if before else 0,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, asks)
    Arrival.objects.filter(begins_at__lt=at - KEPT).delete()
    return _newest(Ticket), _newest(Clock)


def remember_arrivals(rows: Iterable[Arrival]) -> None:
    """Keep what came in before, where it was counted elsewhere: in a demonstration."""
    Arrival.objects.bulk_create(rows, ignore_conflicts=True)


def _newest(model: type[Ticket] | type[Clock]) -> int:
    return model.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _bin(at: datetime) -> datetime:
    """Return the next full ten minutes: what came before was counted by then."""
    past = timedelta(minutes=at.minute % 10, seconds=at.second, microseconds=at.microsecond)
    return at - past + BIN
