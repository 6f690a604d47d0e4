"""Who is there for tickets: agents as the forecast sees them, and who could be there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.accounts.models import Agent
from answerable.forecast.core.running import Person
from answerable.routing.core.being import Standing
from answerable.routing.core.room import CALL, CHAT
from answerable.routing.models import Absence, QueueEntry
from answerable.routing.people import ability_of, is_in_hours
from answerable.routing.queries_of_presence import AgentStanding, standings

THERE = {Standing.AVAILABLE, Standing.FINISHING, Standing.ON_CALL}
LIVE = {CHAT, CALL}
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Crew:
    """Everybody on duty as they stand, by name; and how many are planned for the hour."""

    standing: Sequence[AgentStanding]
    planned: int
    workers: frozenset[int]  # who answers tickets: agents, and others who have some

    @property
    def there(self) -> list[AgentStanding]:
        """Those who answer tickets now, or when their call is over."""
        return [one for one in self.standing if is_there(one) and one.agent.pk in self.workers]

    @property
    def away(self) -> list[AgentStanding]:
        """Those who answer tickets, have a page open, and said that they are away."""
        away = [one for one in self.standing if one.status == Standing.AWAY]
        return [one for one in away if one.agent.pk in self.workers]


def crew_at(at: datetime, ends_at: datetime) -> Crew:
    """Return who is on duty at an instant. A dozen queries, however many agents there are."""
    agents = list(Agent.objects.on_duty().select_related("ability"))
    numbers = [agent.pk for agent in agents]
    others = [agent.pk for agent in agents if agent.role != Agent.Role.AGENT]
    have = set(
        QueueEntry.objects.filter(assignee__in=others)
        .order_by("assignee")
        .values_list("assignee", flat=True)
        .distinct()
    )
    workers = frozenset(pk for pk in numbers if pk not in others or pk in have)
    found = standings(numbers, at)
    return Crew(found, _planned(found, workers, at, ends_at), workers)


def _planned(
    found: Sequence[AgentStanding], workers: frozenset[int], at: datetime, ends_at: datetime
) -> int:
    """Return how many should be there in the middle of the hour: whose hours are on, and who
    is not absent; who has no hours counts while they are there."""
    middle = at + (ends_at - at) / 2
    absent = set(
        Absence.objects.filter(begins_at__lte=middle, ends_at__gt=middle).values_list(
            "agent", flat=True
        )
    )
    mine = [one for one in found if one.agent.pk in workers and one.agent.pk not in absent]
    return sum(
        is_in_hours(one.agent, middle) if ability_of(one.agent).hours else is_there(one)
        for one in mine
    )


def is_there(one: AgentStanding) -> bool:
    """Say whether somebody works as they stand."""
    return one.status in THERE and not one.is_paused


def person_of(one: AgentStanding, at: datetime, call_takes: float) -> Person:
    """Return somebody as the forecast sees them: a call that goes on is half over on average,
    and what was said in it is written down."""
    free_in = call_takes / 2 if one.status == Standing.ON_CALL else 0.0
    if one.wraps_up_until:
        free_in = max(free_in, (one.wraps_up_until - at) / MINUTE)
    chats = one.rooms.get(CHAT)
    return Person(
        free_in=free_in,
        chats=chats.has if chats else 0,
        most_chats=chats.most if chats else 1,
        takes=takes_live(one),
    )


def takes_live(one: AgentStanding) -> bool:
    """Say whether somebody is offered chats or calls."""
    return one.status in {Standing.AVAILABLE, Standing.ON_CALL} and bool(LIVE & set(one.rooms))
