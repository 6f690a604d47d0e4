"""The views of the queue as statements: their order, how many they have, and which.

The order is one statement, of which each part reads its index alone. The parts stand below
each other; within a part the least slack comes first. A part reads no more rows than may be
shown, so that a million tickets cost what a hundred do. All are written out because building
them anew from querysets took longer than asking them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection

from answerable.accounts.models import Agent
from answerable.routing.core.order import SOON

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
WAITING, REVIEW = 8, 9
WHOSE = {
    "all": ("true", PARTS[:WAITING]),
    "mine": ("assignee_id = %(agent)s", PARTS[:REVIEW]),
    "unassigned": ("assignee_id IS NULL", PARTS[:WAITING]),
    "waiting": ("true", PARTS[WAITING:REVIEW]),
    "review": ("true", PARTS[REVIEW:]),
}
PART = (
    "(SELECT {rank} AS rank, act_by, ticket_id FROM routing_queueentry"
    " WHERE {whose} AND {part} ORDER BY act_by, ticket_id LIMIT %(most)s)"
)
# Sorted there, so that no instant has to be read here: that takes longer than the statement.
ORDERED = "SELECT rank, ticket_id FROM ({parts}) AS part ORDER BY rank, act_by, ticket_id"

IN_VIEW = {
    "all": "band < 4",
    "mine": "assignee_id = %(agent)s AND band < 5",
    "unassigned": "assignee_id IS NULL AND band < 4",
    "waiting": "band = 4",
    "review": "band = 5",
}
# In the order of an index, so that it is read and not the table, where any may come first.
COUNTED = (
    "SELECT count(*) FROM (SELECT FROM routing_queueentry"
    " WHERE {in_view} ORDER BY band LIMIT %(most)s) AS counted"
)
AMONG = (
    "SELECT ticket_id FROM routing_queueentry WHERE {in_view} AND ticket_id = ANY(%(numbers)s)"
)


def ordered(
    agent: Agent, views: Sequence[str], *, at: datetime, most: int
) -> list[tuple[int, int]]:
    """Return the tickets of views in order, as the rank of their part and their number."""
    values: dict[str, int | datetime] = {
        "agent": agent.pk,
        "at": at,
        "soon": at + SOON,
        "most": most,
    }
    parts = " UNION ALL ".join(STATEMENTS[view] for view in views)
    with connection.cursor() as cursor:
        cursor.execute(ORDERED.format(parts=parts), values)
        found: list[tuple[int, int]] = cursor.fetchall()
    return found


def counted(agent: Agent, view: str, *, most: int) -> int:
    """Return how many tickets a view has, as far as `most`."""
    with connection.cursor() as cursor:
        values = {"agent": agent.pk, "most": most}
        cursor.execute(COUNTED.format(in_view=IN_VIEW[view]), values)
        found: tuple[int] = cursor.fetchone()
    return found[0]


def among(agent: Agent, view: str, numbers: Collection[int]) -> set[int]:
    """Return which of these tickets a view has."""
    with connection.cursor() as cursor:
        values: dict[str, int | list[int]] = {"agent": agent.pk, "numbers": list(numbers)}
        cursor.execute(AMONG.format(in_view=IN_VIEW[view]), values)
        return {number for (number,) in cursor.fetchall()}


def _statement(view: str) -> str:
    whose, parts = WHOSE[view]
    return " UNION ALL ".join(
        PART.format(rank=PARTS.index(part), whose=whose, part=part) for part in parts
    )


STATEMENTS = {view: _statement(view) for view in WHOSE}
