"""What replies take, from how long they really took."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

LOOKS_BACK = timedelta(days=90)
MOST, FEWEST = 200, 8

# Of the last replies to tickets of a severity: from when their writer had both the ticket and
# the message that they answer, to when they sent it. What lay for more than a day was not being
# written all that time.
TAKEN = """
WITH replies AS (
    SELECT answered.ticket_id, answered.agent_id, answered.at
    FROM tickets_ticketevent answered
    JOIN tickets_ticket ticket ON ticket.id = answered.ticket_id
    WHERE answered.verb = 'answered' AND answered.agent_id IS NOT NULL
        AND answered.at > %(since)s AND answered.at <= %(at)s AND ticket.severity = %(severity)s
    ORDER BY answered.id DESC LIMIT %(most)s
), took AS (
    SELECT replies.at - (
        SELECT max(before.at) FROM tickets_ticketevent before
        WHERE before.ticket_id = replies.ticket_id AND before.at < replies.at
            AND (before.verb IN ('opened', 'wrote')
                OR (before.verb IN ('taken', 'assigned', 'chat_picked_up')))
    ) AS lasted
    FROM replies
)
SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM lasted))
FROM took WHERE lasted < interval '1 day'
"""


def minutes_taken(severity: str, *, usual: timedelta, at: datetime) -> int:
    """Return the minutes that half of the last replies to tickets of a severity took; what the
    plan says where there were fewer than eight. One query."""
    asked: dict[str, Any] = {
        "since": at - LOOKS_BACK,
        "at": at,
        "severity": severity,
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, asked)
        count, median = cursor.fetchone() or (0, None)
    enough = median is not None and count >= FEWEST
    seconds = float(median) if median and enough else usual.total_seconds()
    return max(1, round(seconds / 60))
