"""Shifts the places of thousands of tickets whose plan changed, in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from answerable.lib import bulk
from answerable.routing.actions.placing import place_all
from answerable.routing.core.order import AIM_RISES

# The clock that a ticket stands by moves its place as far as itself; an aim by a share.
# Without the bounds PostgreSQL may read every place up to the last of them.
SHIFT = """
WITH moved AS (
  SELECT * FROM unnest(%(tickets)b::bigint[], %(metrics)b::text[], %(before)b::timestamptz[],
    %(due_at)b::timestamptz[])
    AS moved (ticket, metric, before, due_at)
), shifted AS (
  UPDATE routing_queueentry AS entry SET due_at = moved.due_at, act_by = entry.act_by
    + (moved.due_at - moved.before) * CASE entry.kind WHEN 'aim' THEN %(share)s ELSE 1.0 END,
    customer_due_at = CASE entry.customer_due_at WHEN moved.before THEN moved.due_at
      ELSE entry.customer_due_at END
  FROM moved WHERE entry.ticket_id = moved.ticket AND entry.metric = moved.metric
    AND entry.due_at = moved.before AND entry.ticket_id BETWEEN %(first)s AND %(last)s
  RETURNING entry.ticket_id
)
SELECT DISTINCT ticket
FROM (SELECT ticket, count(*) OVER (PARTITION BY ticket) AS clocks FROM moved) AS counted
JOIN routing_queueentry AS entry ON entry.ticket_id = ticket
WHERE (clocks > 1 OR ticket NOT IN (SELECT ticket_id FROM shifted))
  AND entry.ticket_id BETWEEN %(first)s AND %(last)s
"""


def shift_all(moved: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Move tickets in the queue as far as their clocks were moved: by number, what was said.

    Where another clock may have become the most urgent the place is worked out anew.
    """
    tickets = [number for number, _ in moved]
    values: dict[str, Any] = {
        "tickets": tickets,
        "first": min(tickets),
        "last": max(tickets),
        "metrics": [said["metric"] for _, said in moved],
        "before": [datetime.fromisoformat(said["before"]) for _, said in moved],
        "due_at": [datetime.fromisoformat(said["due_at"]) for _, said in moved],
        "share": AIM_RISES,
    }
    others = {ticket for (ticket,) in bulk.run(SHIFT, values)}
    if others:
        place_all(others)
