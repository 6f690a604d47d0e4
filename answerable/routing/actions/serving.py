"""Serves the next ticket to exactly one agent, and remembers what they passed over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils.module_loading import import_string

from answerable.accounts.models import Agent
from answerable.routing.core.company import FRESH_FOR
from answerable.routing.models import PassedOver, Served
from answerable.routing.order_sql import NOBODY, Scope, Slice, ordered
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Ticket, TicketEvent
from answerable.tickets.text import clean

# For how long nobody else is served what somebody was served and has not taken.
SERVED_FOR = timedelta(minutes=2)
PASSED_FOR = timedelta(hours=8)
AT_ONCE, TIMES = 20, 8
# What somebody was served whose pages all fell silent is free again: their browser is gone.
FREE_THE_LOST = """
DELETE FROM routing_served WHERE at < %(silent)s
  AND EXISTS (SELECT FROM routing_openpage page WHERE page.agent_id = routing_served.agent_id)
  AND NOT EXISTS (SELECT FROM routing_openpage page
      WHERE page.agent_id = routing_served.agent_id AND page.heard_at >= %(silent)s)
"""
# Who comes second waits for the first, and then has nothing.
RESERVE = """
INSERT INTO routing_served (ticket_id, agent_id, at, ends_at)
SELECT id, %(agent)s, %(at)s, %(ends)s FROM tickets_ticket
WHERE id = %(ticket)s AND state <> 'resolved'
  AND (assignee_id IS NULL OR assignee_id = %(agent)s)
ON CONFLICT (ticket_id) DO UPDATE SET agent_id = %(agent)s, at = %(at)s, ends_at = %(ends)s
WHERE routing_served.ends_at <= %(at)s OR routing_served.agent_id = %(agent)s
RETURNING ticket_id
"""


def serve_next(agent: Agent, *, at: datetime, after: int | None = None) -> int | None:
    """Serve an agent the ticket with the least slack that they can work on, if there is one.

    Those that are nobody's or theirs count; the one they come from (`after`) does not, nor what
    they passed over, nor what somebody else was served or is on (settings.QUEUE_BUSY). What
    they were served before is free again, and what the lost were served.
    """
    with connection.cursor() as cursor:
        cursor.execute(FREE_THE_LOST, {"silent": at - FRESH_FOR})
    mine_or_free = Scope("all", (agent.pk, NOBODY))
    seen: set[int] = set()
    most = AT_ONCE
    while True:
        found = [pk for _, pk in ordered(mine_or_free, "slack", Slice(most), at=at)]
        fresh = [number for number in found if number not in seen and number != after]
        number = _reserve_first(agent, fresh, at)
        if number is not None or not fresh:
            return number
        seen.update(fresh)
        most *= TIMES


def busy_with(numbers: Collection[int], agent: Agent, *, at: datetime) -> set[int]:
    """Return which of these tickets somebody else was served, or is on."""
    served = Served.objects.filter(ticket__in=numbers, ends_at__gt=at).exclude(agent=agent)
    busy = set(served.values_list("ticket", flat=True))
    for path in settings.QUEUE_BUSY:
        busy |= import_string(path)(numbers, agent, at=at)
    return busy


@transaction.atomic
def pass_over(ticket: Ticket, *, agent: Agent, reason: str, note: str, at: datetime) -> None:
    """Note that an agent passes a ticket over, and why: the log says so.

    It is not served to them again for eight hours, unless its customer writes.
    """
    ticket = hold(ticket)
    PassedOver.objects.update_or_create(
        agent=agent, ticket=ticket, defaults={"reason": reason, "ends_at": at + PASSED_FOR}
    )
    Served.objects.filter(ticket=ticket, agent=agent).delete()
    data = {"reason": reason, "note": clean(note).strip()[:200]}
    record(TicketEvent(ticket=ticket, verb=Verb.PASSED_OVER, agent=agent, at=at, data=data))


def release(agent: Agent, *, number: int | None = None) -> None:
    """Let others be served what an agent was served: this ticket, or all."""
    mine = Served.objects.filter(agent=agent)
    (mine.filter(ticket=number) if number else mine).delete()


def _reserve_first(agent: Agent, numbers: list[int], at: datetime) -> int | None:
    taken = _passed_over(agent, numbers, at) | busy_with(numbers, agent, at=at)
    free = (number for number in numbers if number not in taken)
    return next((number for number in free if _reserve(agent, number, at)), None)


def _passed_over(agent: Agent, numbers: list[int], at: datetime) -> set[int]:
    """Return what an agent passed over and nobody has written on since."""
    passed = PassedOver.objects.filter(agent=agent, ticket__in=numbers, ends_at__gt=at)
    since = passed.filter(ticket__last_at__lte=F("ends_at") - PASSED_FOR)
    return set(since.values_list("ticket", flat=True))


@transaction.atomic
def _reserve(agent: Agent, number: int, at: datetime) -> bool:
    """Reserve a ticket for an agent, unless somebody else was quicker; say whether it is."""
    values: dict[str, Any] = {
        "agent": agent.pk,
        "ticket": number,
        "at": at,
        "ends": at + SERVED_FOR,
    }
    with connection.cursor() as cursor:
        cursor.execute(RESERVE, values)
        is_reserved = cursor.fetchone() is not None
    if is_reserved:
        Served.objects.filter(agent=agent).exclude(ticket=number).delete()
    return is_reserved
