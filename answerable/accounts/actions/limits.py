"""Counts how often somebody tries, for all web processes together, by whatever names who."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from answerable.accounts.models import Tries

WINDOW = timedelta(minutes=15)
# One statement: of many tries at once each is counted.
COUNT = """
INSERT INTO accounts_tries AS tries (key, count, ends_at) VALUES (%(key)s, 1, %(ends_at)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN tries.ends_at > %(at)s THEN tries.count + 1 ELSE 1 END,
    ends_at = CASE WHEN tries.ends_at > %(at)s THEN tries.ends_at ELSE %(ends_at)s END
RETURNING count
"""


def within_limit(what: str, who: str, most: int, *, at: datetime) -> bool:
    """Count one try, and say whether it is among those that are allowed in 15 minutes."""
    values: dict[str, Any] = {"key": _key(what, who), "at": at, "ends_at": at + WINDOW}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        return int(cursor.fetchone()[0]) <= most


def is_used_up(what: str, who: str, most: int, *, at: datetime) -> bool:
    """Say whether all tries of these 15 minutes were made; this counts none."""
    key = _key(what, who)
    return Tries.objects.filter(key=key, ends_at__gt=at, count__gte=most).exists()


def forget_tries(*, at: datetime) -> None:
    """Forget what is not counted any more."""
    Tries.objects.filter(ends_at__lte=at).delete()


def _key(what: str, who: str) -> str:
    return hashlib.sha256(f"{what}:{who}".encode()).hexdigest()
