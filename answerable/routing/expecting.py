"""When the next promise is likely to come, for a queue in which none waits."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from answerable.routing.core.expecting import next_expected, weeks_before

# The first promise that began after each of some instants, as the index of due times has them:
# eight steps into it, however many there were.
FIRSTS = """
SELECT first.started_at FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS week(since, number)
LEFT JOIN LATERAL (
    SELECT started_at FROM sla_clock
    WHERE kind = 'guarantee' AND due_at > week.since AND started_at > week.since
    ORDER BY due_at LIMIT 1
) AS first ON true ORDER BY week.number
"""


def expected_after(at: datetime) -> datetime | None:
    """Return about when the next promise comes, or None without enough history. One query.

    `at` is in the zone of the wall that counts.
    """
    with connection.cursor() as cursor:
        cursor.execute(FIRSTS, [weeks_before(at)])
        return next_expected([first for (first,) in cursor.fetchall()], at)
