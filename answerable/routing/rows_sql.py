"""What rows of the queue show, as one statement that reads nothing else.

An open page asks for a hundred rows whenever something changes, so they are read as plain
values: five objects of models for each took longer than all else that is done with them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db import connection

STATEMENT = (
    "SELECT t.id, coalesce(q.band, 6), coalesce(q.kind, ''), coalesce(q.act_by, t.last_at),"
    " q.due_at, q.started_at, coalesce(q.metric, ''),"
    " t.subject, t.channel, coalesce(q.is_critical, false), t.state, t.is_unsent,"
    " t.last_at, t.last_line,"
    " coalesce(customer.name, ''), coalesce(contact.name, t.sender_name),"
    " coalesce(contact.product_role, ''),"
    " agent.id, coalesce(agent.name, '')"
    " FROM tickets_ticket t LEFT JOIN routing_queueentry q ON q.ticket_id = t.id"
    " LEFT JOIN accounts_customer customer ON customer.id = t.customer_id"
    " LEFT JOIN accounts_contact contact ON contact.id = t.requester_id"
    " LEFT JOIN accounts_agent agent ON agent.id = t.assignee_id"
    " WHERE t.id = ANY(%s)"
)


class Entry(NamedTuple):
    """A ticket's place in the queue, and what its row shows of the ticket."""

    ticket_id: int
    band: int
    kind: str
    act_by: datetime
    due_at: datetime | None
    started_at: datetime | None
    metric: str
    subject: str
    channel: str
    is_critical: bool
    state: str
    is_unsent: bool
    last_at: datetime
    last_line: str
    customer: str
    person: str
    role: str
    assignee_id: int | None
    assignee: str


def entries_of(numbers: Collection[int]) -> list[Entry]:
    """Return the entries of these tickets, in no order; a resolved one stands in no band."""
    if not numbers:
        return []
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [list(numbers)])
        return [Entry._make(row) for row in cursor.fetchall()]
