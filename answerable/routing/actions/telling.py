"""Tells agents what they must know: a step of a ladder, or a miss. Each telling is a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from answerable.accounts.models import Agent
from answerable.live.events import Changed, publish
from answerable.routing.models import Notice
from answerable.routing.on_call import Place, on_call_at
from answerable.sla.models import Clock
from answerable.tickets.models import Ticket, TicketEvent


def tell_of_escalations(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell the people whom a step of the ladder names; notices decide how loudly.

    Who is on call just then is told, also where the step should have come before they took
    over. A step that names nobody who is there goes to every lead and administrator; one that
    reaches nobody at all stays in the ticket's log as such.
    """
    agents = list(Agent.objects.active())
    roles = {role for event in events for role in event.data["tell"]}
    places = [place for place in Place.values if place in roles]
    called = on_call_at(at, places) if places else {}
    _tell(
        [(agent, event) for event in events for agent in _named(agents, event, called)],
        at,
    )


def tell_of_misses(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell the leads, and whoever has the ticket, once: what was guaranteed is late, or nobody
    has decided on a claim in time. A missed aim breaks no promise.

    Where there is no lead, the administrators are told.
    """
    broken = [event for event in events if event.data.get("kind") != Clock.Kind.AIM]
    if not broken:
        return
    agents = list(Agent.objects.active())
    leads = _leads(agents)
    _tell(
        [
            (agent, event)
            for event in broken
            for agent in agents
            if agent in leads or agent.pk == event.ticket.assignee_id
        ],
        at,
    )


def tell_of_returns(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell whoever has the ticket that a mail on it did not arrive: the promise runs on.

    Where nobody has it, whoever wrote the mail is told, and else the leads.
    """
    agents = list(Agent.objects.active())
    _tell([(agent, event) for event in events for agent in _owners(agents, event)], at)


def tell_of_unverified(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell whoever has the ticket, else the leads, that a sender is not verified (E32)."""
    doubtful = [event for event in events if event.message and not event.message.verified]
    if not doubtful:
        return
    agents = list(Agent.objects.active())
    _tell([(agent, event) for event in doubtful for agent in _owners(agents, event)], at)


def tell_of_parked_replies(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell the agent in whose name a reply came by mail that it was kept as a draft."""
    _tell([(event.agent, event) for event in events if event.agent], at)


def tell_of_side_answers(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell who has the ticket, or began the side conversation, that a third party answered."""
    agents = {agent.pk: agent for agent in Agent.objects.active()}
    told = [(agents.get(event.data["to"]), event) for event in events]
    _tell([(agent, event) for agent, event in told if agent], at)


def tell_of_mentions(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell the agents whom a note mentions, but for who wrote it."""
    agents = {agent.pk: agent for agent in Agent.objects.active()}
    _tell(
        [
            (agents[number], event)
            for event in events
            for number in event.data.get("mentions", ())
            if number in agents and number != event.agent_id
        ],
        at,
    )


def tell_of_prepared(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell the colleague who is asked to read a reply, or its writer what came of it."""
    agents = {agent.pk: agent for agent in Agent.objects.active()}
    asked = [
        (event.data.get("to_id") or event.data.get("writer_id"), event) for event in events
    ]
    _tell([(agents[number], event) for number, event in asked if number in agents], at)


def tell_of_rules(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell the agents whom a rule names; where none of them is there any more, the leads."""
    agents = list(Agent.objects.active())
    named = {event.pk: set(event.data["to"]) for event in events}
    _tell(
        [
            (agent, event)
            for event in events
            for agent in [a for a in agents if a.pk in named[event.pk]] or _leads(agents)
        ],
        at,
    )


def tell_of_summaries(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Remind an agent that a call of theirs has no summary."""
    _tell([(event.agent, event) for event in events if event.agent], at)


def tell_of_doubts(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell the administrators what only they mend: a due time that cannot be worked out, a rule
    that was stopped."""
    agents = list(Agent.objects.active())
    administrators = [a for a in agents if a.role == Agent.Role.ADMINISTRATOR]
    _tell([(agent, event) for event in events for agent in administrators or agents], at)


def tell_of_appeals(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell those who may decide on an appeal: the leads but for who excused the miss.

    Where no such lead is there, the administrators are told.
    """
    agents = list(Agent.objects.active())
    _tell([(agent, event) for event in events for agent in _deciders(agents, event)], at)


def tell_of_looks(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell the leads that a customer asks for another look; without one, the administrators."""
    leads = _leads(list(Agent.objects.active()))
    _tell([(agent, event) for event in events for agent in leads], at)


def tell_of_claims(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell everybody on duty, and the leads, that a ticket has become business-critical (E41).

    Where nobody has the ticket, its ladder climbs from there.
    """
    agents = list(Agent.objects.active())
    leads = _leads(agents)
    told = [a for a in agents if a in leads or (a.on_duty and a.role == Agent.Role.AGENT)]
    _tell([(agent, event) for event in events for agent in told], at)


def tell_of_answers(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell whoever has the ticket what its customer said of it afterwards, where that is bad or
    has words; and the leads, where the customer asks for one."""
    told = [event for event in events if event.data.get("owner") or event.data.get("lead")]
    if not told:
        return
    agents = list(Agent.objects.active())
    leads = _leads(agents)
    pairs = [
        (agent, event)
        for event in told
        for agent in agents
        if agent.pk == event.ticket.assignee_id or (event.data["lead"] and agent in leads)
    ]
    _tell(pairs, at)


def tell_of_nobody(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell the leads that something waits and nobody is there who could take it."""
    lacking = [event for event in events if not event.data["to"]]
    if lacking:
        leads = _leads(list(Agent.objects.active()))
        _tell([(agent, event) for event in lacking for agent in leads], at)


def mark_seen(agent: Agent, *, ticket: Ticket | None, at: datetime) -> None:
    """Note that an agent has seen their notices, of one ticket or all."""
    unseen = Notice.objects.filter(agent=agent, seen_at=None)
    (unseen.filter(ticket=ticket) if ticket else unseen).update(seen_at=at)


def _leads(agents: Sequence[Agent]) -> list[Agent]:
    leads = [a for a in agents if a.role == Agent.Role.LEAD]
    return leads or [a for a in agents if a.role == Agent.Role.ADMINISTRATOR]


def _owners(agents: Sequence[Agent], event: TicketEvent) -> list[Agent]:
    for number in (event.ticket.assignee_id, event.agent_id):
        if owners := [a for a in agents if number and a.pk == number]:
            return owners
    return _leads(agents)


def _deciders(agents: Sequence[Agent], event: TicketEvent) -> list[Agent]:
    return _leads([a for a in agents if a.pk != event.data["excused_by"]])


def _named(
    agents: Sequence[Agent], event: TicketEvent, called: Mapping[str, int | None]
) -> list[Agent]:
    roles = event.data["tell"]
    named = [a for a in agents if any(_is(a, role, event, called) for role in roles)]
    return named or [a for a in agents if a.role != Agent.Role.AGENT]


def _is(agent: Agent, role: str, event: TicketEvent, called: Mapping[str, int | None]) -> bool:
    """Say whether a ladder that names this role means this agent."""
    customer = event.ticket.customer
    if role == "on_duty":
        return agent.on_duty and agent.role == Agent.Role.AGENT
    if role in Place.values:
        return called.get(role) == agent.pk
    if role == "account_manager":
        return customer is not None and customer.account_manager_id == agent.pk
    return agent.role == role


def _tell(pairs: Sequence[tuple[Agent, TicketEvent]], at: datetime) -> None:
    if not pairs:
        return
    notices = Notice.objects.bulk_create(
        [Notice(agent=a, event=e, ticket=e.ticket, at=at) for a, e in pairs],
        ignore_conflicts=True,
    )
    publish(*(Changed(f"notices-{notice.agent_id}") for notice in notices))
