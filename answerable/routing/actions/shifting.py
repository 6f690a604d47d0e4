"""Shifts the places of thousands of tickets whose plan changed, in a few statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from answerable.lib import bulk
from answerable.routing.actions.placing import place_all
from answerable.routing.core.order import AIM_RISES
from answerable.routing.models import QueueEntry

# The clock that a ticket stands by moves its place as far as itself; an aim by a share.
# Without the bounds PostgreSQL may read every place up to the last of them.
SHIFT = """
UPDATE routing_queueentry AS entry SET due_at = moved.due_at, act_by = entry.act_by
  + (moved.due_at - moved.before) * CASE entry.kind WHEN 'aim' THEN %(share)s ELSE 1.0 END,
  customer_due_at = CASE entry.customer_due_at WHEN moved.before THEN moved.due_at
    ELSE entry.customer_due_at END
FROM unnest(%(tickets)b::bigint[], %(metrics)b::text[], %(before)b::timestamptz[],
  %(due_at)b::timestamptz[]) AS moved (ticket, metric, before, due_at)
WHERE entry.ticket_id = moved.ticket AND entry.metric = moved.metric
  AND entry.due_at = moved.before AND entry.ticket_id BETWEEN %(first)s AND %(last)s
RETURNING entry.ticket_id
"""


def shift_all(tickets: Sequence[int], said: Sequence[Mapping[str, Any]]) -> None:
    """Move tickets in the queue as far as their clocks were moved: by number, what was said.

    Where another clock may have become the most urgent the place is worked out anew.
    """
    values: dict[str, Any] = {
        "tickets": list(tickets),
        "first": min(tickets),
        "last": max(tickets),
        "metrics": [one["metric"] for one in said],
        "before": [datetime.fromisoformat(one["before"]) for one in said],
        "due_at": [datetime.fromisoformat(one["due_at"]) for one in said],
        "share": AIM_RISES,
    }
    shifted = {ticket for (ticket,) in bulk.run(SHIFT, values)}
    doubtful = {ticket for ticket, clocks in Counter(tickets).items() if clocks > 1}
    doubtful |= set(tickets) - shifted
    if doubtful:
        entries = QueueEntry.objects.filter(pk__in=doubtful)
        place_all(set(entries.values_list("pk", flat=True)))
