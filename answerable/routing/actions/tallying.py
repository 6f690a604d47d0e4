"""Keeps the counts of the queue few (counts_sql.py)."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from answerable.routing.counts_sql import FOLD


def fold_tally(*, at: datetime) -> None:
    """Add the rows of the tally up, so that counts stay cheap. Their sums do not change."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD, {"at": at})


def tally_anew() -> None:
    """Count the queue from its entries: after they were filled in past the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT routing_tally_anew()")
