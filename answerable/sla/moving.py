"""What a new version of a plan would do with clocks that are not over. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Self

from answerable.entitlements.core.plan import Metric, Target, Terms
from answerable.entitlements.core.specific import most_specific
from answerable.entitlements.models import PlanVersion
from answerable.lib import bulk
from answerable.sla.calendars import Calendar
from answerable.sla.core.hours import NeverOpen
from answerable.sla.core.ledger import Entry, Verb, pauses_of
from answerable.sla.core.pauses import Pause, due_with_pauses
from answerable.sla.due import allowance_of, calendar_for, counted_on
from answerable.sla.models import Clock, Moving

Key = tuple[int, str]
FIRST: Key = (0, "")
NO_END = 2**63 - 1
FEW = 10_000
# In the order of the index of unfinished clocks: each look goes on where the last ended.
UNFINISHED = """
SELECT clock.id, clock.ticket_id, clock.metric, clock.target, clock.plan_version_id,
  coalesce(clock.counts_from, clock.started_at), clock.due_at,
  ticket.severity, ticket.channel, ticket.language, ticket.environment, ticket.product
FROM sla_clock AS clock JOIN tickets_ticket AS ticket ON ticket.id = clock.ticket_id
WHERE clock.outcome IN ('running', 'paused') AND clock.plan_version_id = ANY(%(older)b)
  AND (clock.ticket_id, clock.metric) > (%(ticket)s, %(metric)s)
  AND clock.ticket_id <= %(last)s
ORDER BY clock.ticket_id, clock.metric LIMIT %(most)s
"""
HELD = " FOR NO KEY UPDATE OF clock SKIP LOCKED"
REMAINING = """
SELECT count(*), count(DISTINCT ticket_id), coalesce(min(ticket_id), 0),
  coalesce(max(ticket_id), 0)
FROM sla_clock
WHERE outcome IN ('running', 'paused') AND plan_version_id = ANY(%(older)b)
"""
MARKS = """
SELECT clock_id, verb, at FROM sla_clockentry
WHERE clock_id = ANY(%(clocks)b) AND verb IN ('pause', 'resume') ORDER BY clock_id, id
"""


class Row(NamedTuple):
    """An unfinished clock, and what of its ticket decides on its row."""

    clock: int
    ticket: int
    metric: str
    target: str
    version: int
    counts_from: datetime
    due_at: datetime
    severity: str
    channel: str
    language: str
    environment: str
    product: str

    @property
    def about(self) -> tuple[str, ...]:
        """What of its ticket decides on its row."""
        return self.severity, self.channel, self.language, self.environment, self.product


class Share(NamedTuple):
    """The tickets from one number to another."""

    first: int = 0
    last: int = NO_END


class Remaining(NamedTuple):
    """How many clocks are still to be moved, and of which tickets."""

    clocks: int
    tickets: int
    first: int
    last: int

    @property
    def are_few(self) -> bool:
        """Whether moving them takes about a second."""
        return self.clocks < FEW

    def shares(self, hands: int) -> list[Share]:
        """Return the tickets in as many shares as there are hands; few are one share."""
        if self.are_few:
            return [Share()]
        wide = (self.last - self.first) // hands + 1
        starts = [self.first + wide * number for number in range(hands)]
        return [Share(start, start + wide - 1) for start in starts]


class Moved(NamedTuple):
    """A clock under a row of the new version, and when it is due there."""

    clock: int
    ticket: int
    metric: str
    target: str
    kind: str
    allowance: timedelta
    before: datetime
    due_at: datetime

    @property
    def is_affected(self) -> bool:
        """Whether it is due at another time."""
        return self.due_at != self.before


class Stays(StrEnum):
    """Why a clock stays where it is."""

    PASSED = "its time has passed"
    LATE = "under the version its time would have passed"
    NO_ROW = "the version has no row for it"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the new version, with what is worked out once for all clocks under it."""

    row: Target
    kind: str
    allowance: timedelta
    calendar: Calendar


class Mover:
    """Works out where clocks stand under a version; the few kinds of rows are found once."""

    def __init__(self, terms: Terms, older: Iterable[PlanVersion], at: datetime) -> None:
        self.terms = terms
        self.older = {version.pk: version for version in older}
        self.at = at
        self._rules: dict[tuple[object, ...], Rule | None] = {}

    @classmethod
    def to(cls, version: PlanVersion, at: datetime) -> Self:
        """Return what moves to a version from those before it."""
        older = PlanVersion.objects.filter(plan=version.plan_id, number__lt=version.number)
        return cls(version.terms, older, at)

    @classmethod
    def to_next(cls, terms: Terms, at: datetime) -> Self:
        """Return what would move to terms as the next version of their plan."""
        return cls(terms, PlanVersion.objects.filter(plan__key=terms.key), at)

    def rows(self, after: Key, most: int, *, held: bool, last: int = NO_END) -> list[Row]:
        """Return the next unfinished clocks of older versions; those that are free, held."""
        query = UNFINISHED + (HELD if held else "")
        values = {"older": list(self.older), "ticket": after[0], "metric": after[1]}
        return [Row(*row) for row in bulk.run(query, values | {"most": most, "last": last})]

    def remaining(self) -> Remaining:
        """Return how many unfinished clocks pin an older version, and of which tickets."""
        (row,) = bulk.run(REMAINING, {"older": list(self.older)})
        return Remaining(*row)

    def moved(self, rows: Sequence[Row]) -> Iterator[Moved | Stays]:
        """Yield where each clock stands under the version, or why it stays as it is.

        What had passed already would be missed by the change alone, so it stays (E69); so does
        what has no row, or no due time.
        """
        pauses = _pauses([row.clock for row in rows])
        return (self._moved(row, pauses.get(row.clock)) for row in rows)

    def _moved(self, row: Row, pauses: Sequence[Pause] | None) -> Moved | Stays:
        rule = self._rule(row)
        due = self._due(rule, row, pauses) if rule else None
        if rule is None or due is None:
            return Stays.NO_ROW
        if row.due_at <= self.at:
            return Stays.PASSED
        if due <= self.at:
            return Stays.LATE
        return Moved(
            row.clock,
            row.ticket,
            row.metric,
            rule.row.key,
            rule.kind,
            rule.allowance,
            row.due_at,
            due,
        )

    def _rule(self, row: Row) -> Rule | None:
        key = (row.version, row.target, row.metric, *row.about)
        if key not in self._rules:
            target = _row_for(self.older[row.version].terms, self.terms, row)
            self._rules[key] = self._made(target, row.metric) if target else None
        return self._rules[key]

    def _made(self, target: Target, metric: str) -> Rule | None:
        kind = Clock.Kind.INTERNAL.value if metric == Metric.TRIAGE else target.kind.value
        try:
            calendar = calendar_for(self.terms, target.key)
        except (KeyError, ValueError):
            return None
        return Rule(target, kind, allowance_of(self.terms, target, metric), calendar)

    def _due(self, rule: Rule, row: Row, pauses: Sequence[Pause] | None) -> datetime | None:
        since = row.counts_from
        calendar, allowed = rule.calendar, rule.allowance
        try:
            if rule.row.business_days or rule.row.elapsed_days:
                calendar, allowed = counted_on(self.terms, rule.row, row.metric, since)
            if not pauses:
                return calendar.due(since, allowed)
            return due_with_pauses(calendar, since, allowed, [p for p in pauses if p.end])
        except (NeverOpen, OverflowError, ValueError):
            return None


def moving_to(version: PlanVersion) -> Moving | None:
    """Return how far the newest move of open tickets to a version is; None: nobody asked."""
    asked = Moving.objects.filter(version=version).select_related("agent__user")
    return asked.order_by("-pk").first()


def _row_for(old: Terms, new: Terms, row: Row) -> Target | None:
    """Return the row of the new version for a clock: the one of the same key for the same, or
    the most particular for the same class of person, or None."""
    before = {target.key: target for target in old.targets}.get(row.target)
    if before is None:
        return None
    same = [t for t in new.of_metric(before.metric) if t.key == before.key]
    if same and same[0].severity == before.severity:
        return same[0]
    fitting = [
        target
        for target in new.of_metric(before.metric)
        if target.requester == before.requester
        and target.severity in {None, before.severity or row.severity}
        and _is_within(row, target)
    ]
    return most_specific(fitting, new.requesters).get(before.metric)


def _is_within(row: Row, target: Target) -> bool:
    """Say whether what a ticket is about, and how it came, is what a row names."""
    named = (
        (target.channels, row.channel),
        (target.languages, row.language),
        (target.environments, row.environment),
        (target.products, row.product),
    )
    return all(not names or fact in names for names, fact in named)


def _pauses(clocks: Sequence[int]) -> dict[int, list[Pause]]:
    marks: dict[int, list[Entry]] = {}
    for clock, verb, at in bulk.run(MARKS, {"clocks": list(clocks)}):
        marks.setdefault(clock, []).append(Entry(Verb(verb), at))
    return {clock: pauses_of(lines) for clock, lines in marks.items()}
