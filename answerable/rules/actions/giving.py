"""Finds whom a rule gives a ticket to, and whom it tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count

from answerable.accounts.models import Agent
from answerable.routing.models import QueueEntry, Team
from answerable.routing.people import people_at
from answerable.rules.core import spec
from answerable.rules.facts import active_agent
from answerable.rules.models import GivenOut
from answerable.tickets.models import Ticket


class NobodyThere(Exception):
    """Of those whom a rule names, nobody is there."""


class Gone(Exception):
    """What a rule names is not there any more."""


def receiver_of(ticket: Ticket, value: str, at: datetime) -> Agent | None:
    """Return who gets a ticket, None for nobody. Raises NobodyThere or Gone.

    Of a team it is one of those who are there: who has the fewest tickets that wait for a
    reply, or who was given none by rules for longest.
    """
    if value == spec.NOBODY:
        return None
    if value.startswith(spec.TEAM):
        return _of_team(ticket, value.removeprefix(spec.TEAM), at)
    agent = _manager(ticket) if value == spec.MANAGER else _named(value)
    if agent is None:
        raise Gone
    return agent


def note_given(team: str, agent: Agent, at: datetime) -> None:
    """Remember when somebody of a team was given a ticket."""
    GivenOut.objects.update_or_create(team=team, agent=agent, defaults={"at": at})


def told_by(ticket: Ticket, value: str) -> list[Agent]:
    """Return whom a rule tells; nobody where there is no such person."""
    if value == spec.LEADS:
        return _leads()
    if value.startswith(spec.TEAM):
        active = Agent.objects.active().filter(teams__key=value.removeprefix(spec.TEAM))
        return list(active.order_by("name"))
    agent = PEOPLE[value](ticket) if value in PEOPLE else _named(value)
    return [agent] if agent else []


def _of_team(ticket: Ticket, value: str, at: datetime) -> Agent:
    key, _colon, way = value.partition(":")
    team = Team.objects.filter(key=key).first()
    if team is None:
        raise Gone
    there = [person.key for person in people_at(at)]
    members = list(team.members.filter(pk__in=there).order_by("pk"))
    if not members:
        raise NobodyThere
    last = dict(GivenOut.objects.filter(team=key).values_list("agent", "at"))
    had = _in_hand(members) if way == spec.LEAST else {}
    first = min(
        members,
        key=lambda one: (
            had.get(one.pk, 0),
            last[one.pk].timestamp() if one.pk in last else 0.0,
            one.pk,
        ),
    )
    note_given(key, first, at)
    return first


def _in_hand(members: Sequence[Agent]) -> dict[int, int]:
    """Return how many tickets that wait for us each has."""
    entries = QueueEntry.objects.filter(assignee__in=members, band__lt=QueueEntry.Band.WAITING)
    return dict(entries.values_list("assignee").annotate(many=Count("pk")).order_by())


def _named(value: str) -> Agent | None:
    return active_agent(value.removeprefix(spec.AGENT))


def _manager(ticket: Ticket) -> Agent | None:
    manager = ticket.customer.account_manager if ticket.customer else None
    return active_agent(str(manager.pk)) if manager else None


def _leads() -> list[Agent]:
    agents = Agent.objects.active().order_by("name")
    leads = list(agents.filter(role=Agent.Role.LEAD))
    return leads or list(agents.filter(role=Agent.Role.ADMINISTRATOR))


PEOPLE = {
    spec.HOLDER: lambda ticket: ticket.assignee,
    spec.MANAGER: _manager,
}
