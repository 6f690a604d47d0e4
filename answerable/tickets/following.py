"""Reads for followers of the log: its next lines, who writes some now, and how far each is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Max

from answerable.tickets.core.gaps import Gap
from answerable.tickets.models import LogMark, ParkedLine, TicketEvent

# Who writes lines holds this lock from before a number is given out until its line can be seen.
# A line of one's own that is missing was taken back.
WRITING = """
SELECT DISTINCT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = 'tickets_ticketevent'::regclass
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()
"""
# What was missing, and what is next, as of one instant; no more than so many that are heard.
AFTER = """
WITH came AS MATERIALIZED (
    SELECT event.id, event.ticket_id, event.verb
    FROM unnest(%(firsts)s::bigint[], %(lasts)s::bigint[]) AS gap (first, last)
    JOIN tickets_ticketevent event ON event.id BETWEEN gap.first AND gap.last
    UNION ALL
    SELECT id, ticket_id, verb FROM tickets_ticketevent
    WHERE id > %(upto)s AND id <= %(upto)s + %(span)s
), cut AS (
    SELECT id FROM came WHERE %(hears)s::text[] IS NULL OR verb = ANY(%(hears)s)
    ORDER BY id OFFSET %(at_once)s - 1 LIMIT 1
)
SELECT came.id, came.ticket_id, came.verb, (SELECT id FROM cut) FROM came
WHERE NOT EXISTS (SELECT FROM cut WHERE came.id > cut.id) ORDER BY came.id
"""


class Line(NamedTuple):
    """A line of the log, without what it says."""

    number: int
    ticket: int
    verb: str


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a follower is behind the log: in lines, at the most, and in seconds, since when
    it was level; both are 0 where it is. `gaps` counts the numbers that are missing, `parked`
    the lines that it could not take."""

    name: str
    lines: int
    seconds: float
    gaps: int
    parked: int


def newest_line() -> int:
    """Return the number of the newest line of all, 0 where there is none."""
    newest: int | None = TicketEvent.objects.aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def who_writes() -> frozenset[str]:
    """Return which other transactions may have lines that are not committed."""
    with connection.cursor() as cursor:
        cursor.execute(WRITING)
        return frozenset(by for (by,) in cursor.fetchall())


def lines_after(
    upto: int, gaps: Sequence[Gap], *, hears: Collection[str] | None, at_once: int, span: int
) -> tuple[list[Line], bool]:
    """Return what has come in gaps and the lines of the `span` numbers after `upto`, and
    whether that is all of them: no more than `at_once` are of verbs that are heard. One query,
    so of one instant."""
    values: dict[str, Any] = {
        "firsts": [gap.first for gap in gaps],
        "lasts": [gap.last for gap in gaps],
        "upto": upto,
        "span": span,
        "hears": None if hears is None else sorted(str(verb) for verb in hears),
        "at_once": at_once,
    }
    with connection.cursor() as cursor:
        cursor.execute(AFTER, values)
        rows = cursor.fetchall()
    is_all = not rows or rows[0][3] is None
    return [Line(number, ticket, verb) for number, ticket, verb, _cut in rows], is_all


def lags(at: datetime) -> list[Lag]:
    """Return how far each follower is behind, by name."""
    newest = newest_line()
    counted = ParkedLine.objects.values_list("name").annotate(many=Count("pk"))
    parked = dict(counted.order_by("name"))
    marks = LogMark.objects.order_by("name")
    return [_lag(mark, newest, parked.get(mark.name, 0), at) for mark in marks]


def _lag(mark: LogMark, newest: int, parked: int, at: datetime) -> Lag:
    lines = max(newest - mark.upto, 0)
    seconds = max((at - mark.level_at).total_seconds(), 0.0) if lines else 0.0
    gaps = sum(last - first + 1 for first, last, _by in mark.gaps)
    return Lag(mark.name, lines, seconds, gaps, parked)
