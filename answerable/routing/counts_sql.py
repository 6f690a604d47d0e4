"""How many tickets a view has, and how many of them are late or at risk: exact at any size.

Triggers write to routing_tally what each statement brought and took, so sums over it are exact.
What is late passes with time, without a statement: guarantees are counted in bins of five
minutes by when they are due. All bins that are past are late; of the bin that goes on, an index
says which are. The same for what is at risk. Past bins are added up into one by a job, so that
what is read is a few hundred rows, whether a thousand tickets wait or a million.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from answerable.routing.filter_sql import CLOCKS
from answerable.routing.order_sql import Scope

COUNTS = """
SELECT
  coalesce(sum(many) FILTER (WHERE measure = 0 AND part = ANY(%(parts)s)), 0),
  coalesce(sum(many) FILTER (WHERE measure = 1 AND (bin IS NULL OR bin < now_bin)), 0) + (
    SELECT count(*) FROM routing_queueentry q
    WHERE kind = 'guarantee' AND band < 4 AND due_at >= now_bin AND due_at < %(at)s{whose}),
  coalesce(sum(many) FILTER (WHERE measure = 2 AND (bin IS NULL OR bin < now_bin)), 0) + (
    SELECT count(*) FROM routing_queueentry q
    WHERE kind = 'guarantee' AND band < 4 AND act_by < %(at)s
      AND greatest(act_by, started_at) >= now_bin
      AND greatest(act_by, started_at) <= %(at)s{whose})
FROM routing_tally,
  (SELECT date_bin('5 minutes', %(at)s, '2000-01-01 00:00+00') AS now_bin) AS clock
WHERE {tallied}
GROUP BY now_bin
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
OPEN, WAITING, REVIEW = 0, 1, 2
PARTS = {
    "all": [OPEN],
    "mine": [OPEN, WAITING],
    "unassigned": [OPEN],
    "waiting": [WAITING],
    "review": [REVIEW],
}
NOT_URGENT = {"waiting", "review"}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tickets there are, and of these how many are late and at risk."""

    total: int
    late: int = 0
    at_risk: int = 0


def counts_of(scope: Scope, *, at: datetime) -> Counts:
    """Return how many tickets a view has now, exactly."""
    return _filtered(scope, at) if scope.where.text else _tallied(scope, at)


def _tallied(scope: Scope, at: datetime) -> Counts:
    values = scope.values(at) | {"parts": PARTS[scope.base]}
    whose, tallied = "", "true"
    if scope.whose is not None:
        tallied, whose = "assignee = ANY(%(whose)s)", f" AND {scope.written('{whose}')}"
    statement = COUNTS.format(whose=whose, tallied=tallied)
    total, due, risk = _asked(statement, values) or (0, 0, 0)
    return Counts(total) if scope.base in NOT_URGENT else Counts(total, due, risk - due)


def _filtered(scope: Scope, at: datetime) -> Counts:
    values = scope.values(at)
    statement = scope.written(FILTERED, late=CLOCKS["late"], at_risk=CLOCKS["at_risk"])
    total, late, at_risk = _asked(statement, values)
    if scope.where.wants_resolved:
        total += _asked(scope.written(RESOLVED), values)[0]
    return Counts(total, late, at_risk)


def _asked(statement: str, values: dict[str, object]) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return tuple(int(number) for number in cursor.fetchone() or ())
