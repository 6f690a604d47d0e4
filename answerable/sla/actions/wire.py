"""Wakes the watch: a clock was started or moved, so the next due instant may be another."""

from __future__ import annotations

from django.db import connection

CHANNEL = "answerable_clock"


def wake_the_watch() -> None:
    """Tell every watch, once this transaction is committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
