"""Shifts the places of thousands of tickets whose plan changed, in one statement."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from answerable.routing.actions.placing import place_all
from answerable.routing.core.order import AIM_RISES
from answerable.tickets.models import TicketEvent

# The clock that a ticket stands by moves its place as far as it moved; an aim by a share.
SHIFT = """
WITH moved AS (
  SELECT * FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[])
    AS moved (ticket, metric, before, due_at)
), shifted AS (
  UPDATE routing_queueentry AS entry SET due_at = moved.due_at, act_by = entry.act_by
    + (moved.due_at - moved.before) * CASE entry.kind WHEN 'aim' THEN %s ELSE 1.0 END,
    customer_due_at = CASE entry.customer_due_at WHEN moved.before THEN moved.due_at
      ELSE entry.customer_due_at END
  FROM moved WHERE entry.ticket_id = moved.ticket AND entry.metric = moved.metric
    AND entry.due_at = moved.before
  RETURNING entry.ticket_id
)
SELECT ticket FROM moved JOIN routing_queueentry AS entry ON entry.ticket_id = ticket
WHERE ticket NOT IN (SELECT ticket_id FROM shifted) OR EXISTS (
  SELECT FROM moved AS other WHERE other.ticket = moved.ticket AND other.metric <> moved.metric)
"""


def shift_all(events: Sequence[TicketEvent]) -> None:
    """Move tickets in the queue as far as their clocks were moved.

    Where another clock may have become the most urgent the place is worked out anew.
    """
    columns = (
        [event.ticket_id for event in events],
        [event.data["metric"] for event in events],
        [event.data["before"] for event in events],
        [event.data["due_at"] for event in events],
    )
    with connection.cursor() as cursor:
        cursor.execute(SHIFT, [*columns, AIM_RISES])
        others = {ticket for (ticket,) in cursor.fetchall()}
    if others:
        place_all(others)
