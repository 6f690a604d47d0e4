"""Looks for tickets for which a time has passed, and lets rules look at each of them once.

A statement finds them by an index; what it can ask of a rule's conditions, it asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from answerable.routing.core.filters import KEYS, Filters
from answerable.routing.filter_sql import Asker, where
from answerable.rules.actions.following import is_alone
from answerable.rules.actions.running import Active, Occasion, active_rules, look_at
from answerable.rules.core import spec
from answerable.rules.models import Rule
from answerable.rules.support import open_time, spent_of

# How an instant stands in the key of an occasion.
STAMP, STAMP_SQL = "%Y%m%d%H%M%S%f", "YYYYMMDDHH24MISSUS"
AGAIN = timedelta(seconds=60)
AT_ONCE, MOST_PAGES = 500, 20

WAITS_FOR_US = "q.kind = 'guarantee' AND q.band < 4 AND q.due_at > %(at)s"
# From when time counts, and which tickets it concerns.
ASKED = {
    spec.UNTOUCHED: ("t.last_at", "t.state = 'open' AND t.last_at <= %(edge)s"),
    spec.WAITING: ("t.last_at", "t.state = 'waiting' AND t.last_at <= %(edge)s"),
    spec.UNASSIGNED: (
        "t.created_at",
        "t.state = 'open' AND q.assignee_id IS NULL AND t.created_at <= %(edge)s",
    ),
    spec.DUE: ("q.due_at", f"{WAITS_FOR_US} AND q.due_at <= %(until)s"),
    # Which share of them is over, their calendars say.
    spec.SPENT: ("q.due_at", f"{WAITS_FOR_US} AND q.started_at <= %(at)s"),
    spec.AT_RISK: (
        "q.due_at",
        f"{WAITS_FOR_US} AND greatest(q.act_by, q.started_at) <= %(at)s",
    ),
}
FOUND = """
SELECT t.id, {anchor} FROM tickets_ticket t
JOIN routing_queueentry q ON q.ticket_id = t.id
WHERE {asked}{more}
AND ({anchor}, t.id) > (%(after)s, %(number)s)
AND NOT EXISTS (
    SELECT FROM rules_run r WHERE r.rule_id = %(rule)s AND r.ticket_id = t.id
    AND r.occasion = 't' || to_char({anchor} AT TIME ZONE 'UTC', '{stamp}')
)
ORDER BY {anchor}, t.id LIMIT {most}
"""
FIRST = (datetime(1970, 1, 1, tzinfo=UTC), 0)


@dataclass(frozen=True, slots=True)
class Passed:
    """A ticket for which a time has passed, and since when that time counted."""

    ticket: int
    since: datetime

    @property
    def occasion(self) -> Occasion:
        """The occasion on which rules look at it."""
        return Occasion(key=f"t{self.since.astimezone(UTC).strftime(STAMP)}")


def look_at_time(*, at: datetime) -> int:
    """Let each rule that time wakes look at the tickets whose time has come, once a minute;
    return how many held. Each ticket is a transaction of its own."""
    timed = [one for one in active_rules() if one.says.when.is_timed]
    due = [one for one in timed if not one.rule.looked_at or one.rule.looked_at <= at - AGAIN]
    return sum(_look(one, at) for one in due)


def _look(one: Active, at: datetime) -> int:
    found = 0
    for passed in passed_for(one, at):
        held = _one(one, passed, at)
        if held is None:
            return found
        found += held
    Rule.objects.filter(pk=one.rule.pk).update(looked_at=at)
    return found


@transaction.atomic
def _one(one: Active, passed: Passed, at: datetime) -> int | None:
    """Let a rule look at a ticket; None while another process lets rules act."""
    if not is_alone():
        return None
    when = one.says.when
    if when.kind in spec.IN_HOURS and when.basis == spec.SUPPORT:
        waited = open_time(passed.ticket, passed.since, at)
        if waited < timedelta(minutes=when.minutes):
            return 0
    return look_at(passed.ticket, passed.occasion, [one], at=at)


def passed_for(one: Active, at: datetime) -> Iterator[Passed]:
    """Return the tickets for which a rule's time has passed, longest ago first."""
    after = FIRST
    for _page in range(MOST_PAGES):
        rows = _page_of(one, at, after)
        yield from (Passed(number, since) for number, since in _spent(one, rows, at))
        if len(rows) < AT_ONCE:
            return
        after = (rows[-1][1], rows[-1][0])


def _spent(
    one: Active, rows: list[tuple[int, datetime]], at: datetime
) -> list[tuple[int, datetime]]:
    """Return the tickets of whose promise a rule's share is over; all, where it waits for
    something else."""
    when = one.says.when
    if when.kind != spec.SPENT:
        return rows
    spent = spent_of(rows, at)
    return [row for row in rows if spent.get(row, 0.0) >= int(when.value or 100)]


def _page_of(
    one: Active, at: datetime, after: tuple[datetime, int]
) -> list[tuple[int, datetime]]:
    when = one.says.when
    anchor, asked = ASKED[when.kind]
    more = where(_filters(one), Asker(0, UTC, at))
    length = timedelta(minutes=when.minutes)
    statement = FOUND.format(
        anchor=anchor, asked=asked, more=more.text, stamp=STAMP_SQL, most=AT_ONCE
    )
    values: dict[str, Any] = {
        "at": at,
        "edge": at - length,
        "until": at + length,
        "after": after[0],
        "number": after[1],
        "rule": one.rule.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, **more.values})
        return list(cursor.fetchall())


def _filters(one: Active) -> Filters:
    """Return what of a rule's conditions the queue can filter by; the rest is asked later."""
    filters = Filters()
    for condition in one.says.every:
        negated = condition.asks == spec.IS_NOT
        is_one = condition.asks == spec.IS or negated
        if is_one and condition.fact in KEYS and filters.of(condition.fact) is None:
            wider = filters.with_one(condition.fact, condition.values, negated=negated)
            kept = wider.of(condition.fact)
            if kept and len(kept.values) == len(condition.values):
                filters = wider
    return filters
