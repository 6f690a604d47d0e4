"""Wakes the loop that offers work: something waits, or somebody is free."""

from __future__ import annotations

from django.db import connection

from answerable.lib.ready import run

CHANNEL = "answerable_offers"
# Of many that would decide at once one does; the lock ends with the transaction, or with
# the process that had it.
ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('answerable routing'))"


def wake_routing() -> None:
    """Tell every loop, once this transaction is committed."""
    run("SELECT pg_notify(%(channel)s, '')", {"channel": CHANNEL})


def is_alone() -> bool:
    """Say whether this transaction is the one that decides; if so it is until its end."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE)
        (alone,) = cursor.fetchone() or (False,)
    return bool(alone)
