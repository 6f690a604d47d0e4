"""What people do with notices: they read them, take note of what insists, follow tickets."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.live.events import Changed, publish
from answerable.notices.actions.settling import end
from answerable.notices.core.levels import Kind
from answerable.notices.models import Follow, Notice
from answerable.tickets.models import Ticket

HURRIES = [Kind.HURRY.value, Kind.NEXT.value]


@transaction.atomic
def mark_read(agent: Agent, numbers: Collection[int] | None, *, at: datetime) -> int:
    """Note that somebody has read these notices of theirs, or all; return how many."""
    unread = Notice.objects.unread().filter(agent=agent)
    if numbers is not None:
        unread = unread.filter(pk__in=numbers)
    return _read(agent, unread.update(read_at=at, in_digest=False))


@transaction.atomic
def mark_unread(agent: Agent, numbers: Collection[int]) -> int:
    """Let notices count as unread again; return how many."""
    rows = Notice.objects.filter(agent=agent, pk__in=numbers, read_at__isnull=False)
    return _read(agent, rows.update(read_at=None))


@transaction.atomic
def see_ticket(agent: Agent, ticket: int, *, at: datetime) -> int:
    """Note that somebody opened a ticket: what was said to them of it is read. What insists
    goes on until somebody takes note of it."""
    unread = Notice.objects.unread().filter(agent=agent, ticket=ticket)
    return _read(agent, unread.update(read_at=at, in_digest=False))


@transaction.atomic
def put_away(notice: Notice, *, at: datetime) -> None:
    """Take note of a notice. What insists about a promise stops for everybody who was told:
    one person knows."""
    mine = Notice.objects.filter(pk=notice.pk)
    mine.filter(read_at=None).update(read_at=at, in_digest=False)
    ended = [(notice.pk, notice.agent_id)]
    if notice.kind in HURRIES:
        about = Notice.objects.standing().filter(
            ticket=notice.ticket_id, due_at=notice.due_at, kind__in=HURRIES
        )
        ended += about.values_list("pk", "agent_id")
    end([number for number, _agent in ended], at=at)
    publish(*(Changed(f"notices-{agent}") for _number, agent in ended))


@transaction.atomic
def follow(ticket: Ticket, *, agent: Agent, at: datetime) -> None:
    """Tell an agent of what happens to a ticket that is not theirs."""
    Follow.objects.get_or_create(ticket=ticket, agent=agent, defaults={"at": at})


@transaction.atomic
def unfollow(ticket: Ticket, *, agent: Agent) -> None:
    """Tell an agent no more of what happens to a ticket."""
    Follow.objects.filter(ticket=ticket, agent=agent).delete()


def _read(agent: Agent, count: int) -> int:
    if count:
        publish(Changed(f"notices-{agent.pk}"))
    return count
