"""How many tickets a view has, and how many of them are late or at risk: exact at any size.

Triggers write to routing_tally what each statement brought and took, so sums over it are exact.
What is late passes with time, without a statement: guarantees are counted in bins of five
minutes by when they are due. All bins that are past are late; of the bin that goes on, an index
says which are. The same for what is at risk. Past bins are added up into one by a job, so that
what is read is a few hundred rows, whether a thousand tickets wait or a million.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from answerable.routing.filter_sql import CLOCKS
from answerable.routing.order_sql import Scope

TALLIED = """
WITH clock AS (SELECT date_bin('5 minutes', %(at)s, '2000-01-01 00:00+00') AS now_bin)
SELECT assignee,
  coalesce(sum(many) FILTER (WHERE measure = 0 AND part = 0), 0)::bigint,
  coalesce(sum(many) FILTER (WHERE measure = 0 AND part = 1), 0)::bigint,
  coalesce(sum(many) FILTER (WHERE measure = 0 AND part = 2), 0)::bigint,
  coalesce(sum(many) FILTER (WHERE measure = 1), 0)::bigint,
  coalesce(sum(many) FILTER (WHERE measure = 2), 0)::bigint
FROM (
  SELECT assignee, measure, part, many FROM routing_tally, clock
  WHERE measure = 0 OR bin IS NULL OR bin < now_bin
  UNION ALL
  SELECT coalesce(assignee_id, 0), 1, 0, 1 FROM routing_queueentry, clock
  WHERE kind = 'guarantee' AND band < 4 AND due_at >= now_bin AND due_at < %(at)s
  UNION ALL
  SELECT coalesce(assignee_id, 0), 2, 0, 1 FROM routing_queueentry, clock
  WHERE kind = 'guarantee' AND band < 4 AND act_by < %(at)s
    AND greatest(act_by, started_at) >= now_bin
    AND greatest(act_by, started_at) <= %(at)s
) AS counted
GROUP BY assignee
"""
# Adds rows up: what is long past needs no bin, as it stays late until it is answered.
FOLD = """
WITH gone AS (
  DELETE FROM routing_tally RETURNING measure, part, assignee, many,
    CASE WHEN bin < %(at)s - interval '1 day' THEN NULL ELSE bin END AS bin
)
INSERT INTO routing_tally (measure, part, assignee, bin, many)
SELECT measure, part, assignee, bin, sum(many) FROM gone
GROUP BY 1, 2, 3, bin HAVING sum(many) <> 0
"""
# What filters leave of a view is counted by them: it costs what the queue is long.
FILTERED = """
SELECT count(*), count(*) FILTER (WHERE {late}), count(*) FILTER (WHERE {at_risk})
FROM {rows} WHERE {whose} AND {bands}{where}
"""
RESOLVED = """
SELECT count(*) FROM tickets_ticket t LEFT JOIN routing_queueentry q ON q.ticket_id = t.id
WHERE t.state = 'resolved' AND {whose_t}{where}
"""
PARTS = {
    "all": (0,),
    "mine": (0, 1),
    "unassigned": (0,),
    "waiting": (1,),
    "review": (2,),
}
NOT_URGENT = {"waiting", "review"}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tickets there are, and of these how many are late and at risk."""

    total: int
    late: int = 0
    at_risk: int = 0


# By assignee (0: nobody): what waits for us, for its customer, for review; what is late, and
# what is late or at risk.
Tallied = Mapping[int, tuple[int, ...]]


def counts_of(scope: Scope, *, at: datetime, known: Tallied | None = None) -> Counts:
    """Return how many tickets a view has now, exactly; `known` is the tally, if it was read."""
    if scope.where.text:
        return _filtered(scope, at)
    rows = tallied(at=at) if known is None else known
    of = [row for who, row in rows.items() if scope.whose is None or who in scope.whose]
    total = sum(row[part] for row in of for part in PARTS[scope.base])
    if scope.base in NOT_URGENT:
        return Counts(total)
    late = sum(row[3] for row in of)
    return Counts(total, late, sum(row[4] for row in of) - late)


def tallied(*, at: datetime) -> Tallied:
    """Return the whole tally at an instant. One query, whose cost the queue's length is not."""
    with connection.cursor() as cursor:
        cursor.execute(TALLIED, {"at": at})
        return {assignee: tuple(counts) for assignee, *counts in cursor.fetchall()}


def _filtered(scope: Scope, at: datetime) -> Counts:
    values = scope.values(at)
    statement = scope.written(FILTERED, late=CLOCKS["late"], at_risk=CLOCKS["at_risk"])
    total, late, at_risk = _asked(statement, values)
    if scope.where.wants_resolved:
        total += _asked(scope.written(RESOLVED), values)[0]
    return Counts(total, late, at_risk)


def _asked(statement: str, values: dict[str, Any]) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return tuple(int(number) for number in cursor.fetchone() or ())
