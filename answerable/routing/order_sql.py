"""The order of the queue as one statement, of which each part reads its index alone.

The parts stand below each other; within a part the least slack comes first. A part reads no
more rows than may be shown, so that a million tickets cost what a hundred do. It is written out
because building it anew from querysets took longer than asking it.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def _statement(view: str) -> str:
    whose, parts = WHOSE[view]
    return " UNION ALL ".join(
        PART.format(rank=PARTS.index(part), whose=whose, part=part) for part in parts
    )


STATEMENTS = {view: _statement(view) for view in WHOSE}
