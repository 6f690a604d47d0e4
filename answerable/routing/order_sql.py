"""The views of the queue as statements: their order, and which tickets they have.

In least-slack order a view is one statement, of which each part reads its index alone. The
parts stand below each other; within a part the least slack comes first. A part reads no more
rows than may be shown, so that a million tickets cost what a hundred do. All are written out
because building them anew from querysets took longer than asking them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from answerable.routing.core.order import SOON
from answerable.routing.filter_sql import Where

# Critical tickets that are promised a reply, then those that are not. Below them promises by
# slack; an aim that has used four fifths sorts as soon (ux.md 8.3). Each part names band and
# kind, as the indexes of the queue do.
PARTS = (
    "band = 0 AND kind = 'guarantee'",
    "band = 0 AND kind = 'aim'",
    "band = 0 AND kind = ''",
    "band = 1 AND kind = 'guarantee' AND act_by < %(soon)s",
    "band = 2 AND kind = 'aim' AND act_by < %(at)s",
    "band = 1 AND kind = 'guarantee' AND act_by >= %(soon)s",
    "band = 2 AND kind = 'aim' AND act_by >= %(at)s",
    "band = 3 AND kind = ''",
    "band = 4 AND kind = ''",
    "band = 5 AND kind = ''",
)
FIRST_BELOW = 3
NOBODY = 0
MOST_SINGLES = 6
WAITING, REVIEW, RESOLVED = 8, 9, 10
RANKS = {
    "all": range(WAITING),
    "mine": range(REVIEW),
    "unassigned": range(WAITING),
    "waiting": range(WAITING, REVIEW),
    "review": range(REVIEW, RESOLVED),
    "any": range(RESOLVED),  # what a filter by state asks for
}
BANDS = {
    "all": "q.band < 4",
    "mine": "q.band < 5",
    "unassigned": "q.band < 4",
    "waiting": "q.band = 4",
    "review": "q.band = 5",
    "any": "true",
}
JOINED = "routing_queueentry q JOIN tickets_ticket t ON t.id = q.ticket_id"
BARE = "routing_queueentry q"
PART = (
    "(SELECT {rank} AS rank, act_by, ticket_id FROM {rows}"
    " WHERE {whose} AND {part}{where} ORDER BY act_by, ticket_id LIMIT %(far)s)"
)
GONE_BY = (
    "(SELECT 10 AS rank, t.last_at, t.id FROM tickets_ticket t"
    " LEFT JOIN routing_queueentry q ON q.ticket_id = t.id"
    " WHERE t.state = 'resolved' AND {whose_t}{where} ORDER BY t.last_at DESC LIMIT %(far)s)"
)
# Sorted there, so that no instant has to be read here: that takes longer than the statement.
ORDERED = "SELECT rank, ticket_id FROM ({parts}) AS part ORDER BY rank, act_by, ticket_id"
# What is resolved comes last, the latest first.
WITH_RESOLVED = (
    "SELECT rank, ticket_id FROM ({parts}) AS part"
    " ORDER BY rank, CASE WHEN rank < 10 THEN act_by END, act_by DESC, ticket_id"
)
SLICED = " OFFSET %(skip)s LIMIT %(most)s"
SORTED_BY = {
    "due": "q.due_at NULLS LAST, q.ticket_id",
    "oldest": "t.created_at, q.ticket_id",
    "account": "customer.name NULLS LAST, q.act_by, q.ticket_id",
}
SORTED = (
    "SELECT 3, q.ticket_id FROM {joined} LEFT JOIN accounts_customer customer"
    " ON customer.id = t.customer_id WHERE {whose} AND {bands} AND q.band > 0{where}"
    " ORDER BY {by} OFFSET %(skip)s LIMIT %(most)s"
)
AMONG = (
    "SELECT q.ticket_id FROM {rows}"
    " WHERE {whose} AND {bands}{where} AND q.ticket_id = ANY(%(numbers)s)"
)


EVERY = "SELECT q.ticket_id FROM {rows} WHERE {whose} AND {bands}{where} ORDER BY q.ticket_id"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a view has: tickets of some parts of the queue, whose, and by which filters.

    `whose` is the agents whose tickets they are, 0 for nobody; None for everybody's.
    """

    base: str
    whose: tuple[int, ...] | None = None
    where: Where = field(default_factory=Where)

    @property
    def parts(self) -> str:
        """Which parts of the queue it has; who filters by state may ask for any."""
        return "any" if self.where.wants_state else self.base

    def values(self, at: datetime) -> dict[str, object]:
        """Return the values of its condition at an instant."""
        own: dict[str, object] = {"at": at, "soon": at + SOON, "whose": list(self.whose or ())}
        return own | self.where.values

    @property
    def singles(self) -> list[Scope]:
        """Return the same as one scope for each person, as far as they are few: each part of
        these is read in the order of an index."""
        if self.whose is None or len(self.whose) > MOST_SINGLES:
            return [self]
        return [Scope(self.base, (number,), self.where) for number in self.whose]

    def written(self, pattern: str, **more: object) -> str:
        """Return a statement about it."""
        where = self.where.text
        return pattern.format(
            rows=JOINED if where else BARE,
            joined=JOINED,
            whose=_whose("q", self.whose),
            whose_t=_whose("t", self.whose),
            bands=BANDS[self.parts],
            where=where,
            **more,
        )


@dataclass(frozen=True, slots=True)
class Slice:
    """Which rows of an order: so many, after so many others."""

    most: int
    skip: int = 0


def ordered(scope: Scope, order: str, part: Slice, *, at: datetime) -> list[tuple[int, int]]:
    """Return tickets of a view in order, as the rank of their part and their number.

    From the beginning on, the band NOW comes first, whatever the order; with `skip`, what is
    skipped and what is returned stands below that band. There may be more than `most`, of each
    part not more than that.
    """
    ranks = RANKS[scope.parts]
    now = [rank for rank in ranks if rank < FIRST_BELOW]
    if order == "slack" and not part.skip:
        return _slack(scope, ranks, part, at)
    if order == "slack":
        return _slack(scope, ranks[len(now) :], part, at)
    above = _slack(scope, now, part, at) if now and not part.skip else []
    values = scope.values(at) | {"skip": part.skip, "most": part.most}
    return above + _asked(scope.written(SORTED, by=SORTED_BY[order]), values)


def among(scope: Scope, numbers: Collection[int], *, at: datetime) -> set[int]:
    """Return which of these tickets a view has."""
    values = scope.values(at) | {"numbers": list(numbers)}
    return {row[0] for row in _asked(scope.written(AMONG), values)}


def every(scope: Scope, *, at: datetime) -> list[int]:
    """Return all tickets of a view that are not resolved, by number."""
    return [row[0] for row in _asked(scope.written(EVERY), scope.values(at))]


def statement_of(scope: Scope, ranks: Sequence[int], *, sliced: bool = False) -> str:
    """Return the statement for some parts of a view, in least-slack order."""
    parts = [
        one.written(PART, rank=rank, part=PARTS[rank])
        for rank in ranks
        for one in scope.singles
    ]
    has_resolved = scope.where.wants_resolved
    if has_resolved:
        parts.append(scope.written(GONE_BY))
    statement = WITH_RESOLVED if has_resolved else ORDERED
    return statement.format(parts=" UNION ALL ".join(parts)) + (SLICED if sliced else "")


def _slack(
    scope: Scope, ranks: Sequence[int], part: Slice, at: datetime
) -> list[tuple[int, int]]:
    values = scope.values(at) | {
        "skip": part.skip,
        "most": part.most,
        "far": part.skip + part.most,
    }
    return _asked(statement_of(scope, ranks, sliced=bool(part.skip)), values)


def _whose(row: str, whose: Collection[int] | None) -> str:
    """Return the condition that tickets are some people's, 0 for nobody's."""
    if whose is None:
        return "true"
    people = ", ".join(str(int(number)) for number in whose if number != NOBODY)
    parts = [f"{row}.assignee_id IS NULL"] if NOBODY in whose else []
    if people:
        # An index is read in its order for one, and for several it is not.
        parts.append(f"{row}.assignee_id {'IN' if ',' in people else '='} ({people})")
    return f"({' OR '.join(parts)})"


def _asked(statement: str, values: dict[str, object]) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[int, int]] = cursor.fetchall()
    return found
