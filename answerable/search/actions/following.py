"""Follows the log of all tickets: what happened is indexed a few seconds later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from answerable.search.actions.indexing import index_tickets
from answerable.tickets.actions.following import Follower, follow
from answerable.tickets.following import Line

MOST_TICKETS = 500


def follow_log(*, at: datetime) -> bool:
    """Index the tickets of the next lines of the log; return whether there are more lines."""
    return follow(FOLLOWER, at=at)


def _take(lines: Sequence[Line], _at: datetime) -> None:
    tickets = sorted({line.ticket for line in lines})
    for first in range(0, len(tickets), MOST_TICKETS):
        index_tickets(tickets[first : first + MOST_TICKETS])


FOLLOWER = Follower(name="search", take=_take, at_once=20_000, span=20_000)
