"""Tells agents what they must know: a step of a ladder, or a miss. Each telling is a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from answerable.accounts.models import Agent
from answerable.channels.email.jobs import mail_notices
from answerable.live.events import Changed, publish
from answerable.routing.models import Notice
from answerable.sla.models import Clock
from answerable.tickets.models import Ticket, TicketEvent


def tell_of_escalations(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell the people whom a step of the ladder names, on the desk and by mail.

    A step that names nobody who is there goes to every lead and administrator; one that
    reaches nobody at all stays in the ticket's log as such.
    """
    for event in events:
        _tell([(agent, event) for agent in _named(event)], at)


def tell_of_misses(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell the leads, and whoever has the ticket, once: a guaranteed reply is late, or nobody
    has decided on a claim in time. A missed aim breaks no promise."""
    broken = [event for event in events if event.data.get("kind") != Clock.Kind.AIM]
    if not broken:
        return
    leads = list(Agent.objects.active().filter(role=Agent.Role.LEAD))
    pairs = [(lead, event) for event in broken for lead in leads]
    pairs += [
        (event.ticket.assignee, event)
        for event in broken
        if event.ticket.assignee and event.ticket.assignee not in leads
    ]
    _tell(pairs, at)


def mark_seen(agent: Agent, *, ticket: Ticket | None, at: datetime) -> None:
    """Note that an agent has seen their notices, of one ticket or all."""
    unseen = Notice.objects.filter(agent=agent, seen_at=None)
    (unseen.filter(ticket=ticket) if ticket else unseen).update(seen_at=at)


def _named(event: TicketEvent) -> list[Agent]:
    agents = Agent.objects.active()
    customer = event.ticket.customer
    found: dict[int, Agent] = {}
    for role in event.data["tell"]:
        if role == "on_duty":
            chosen: Iterable[Agent] = agents.on_duty().filter(role=Agent.Role.AGENT)
        elif role == "account_manager":
            chosen = agents.filter(accounts=customer) if customer else []
        else:
            chosen = agents.filter(role=role)
        found |= {agent.pk: agent for agent in chosen}
    if not found:
        found = {agent.pk: agent for agent in agents.exclude(role=Agent.Role.AGENT)}
    return list(found.values())


def _tell(pairs: Sequence[tuple[Agent, TicketEvent]], at: datetime) -> None:
    if not pairs:
        return
    notices = Notice.objects.bulk_create(
        [Notice(agent=a, event=e, ticket=e.ticket, at=at) for a, e in pairs],
        ignore_conflicts=True,
    )
    publish(*(Changed(f"notices-{notice.agent_id}") for notice in notices))
    mail_notices.defer(pairs=[[agent.pk, event.pk] for agent, event in pairs])
