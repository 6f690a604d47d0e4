"""How agents stand, for the desk's foot and for whoever looks for a colleague."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from answerable.accounts.models import Agent
from answerable.channels.voice.models import Call
from answerable.routing.core.being import Heard, Standing, standing
from answerable.routing.core.room import most_of
from answerable.routing.models import OpenPage, Presence
from answerable.routing.people import ability_of, held_by, is_in_hours, limits_of


@dataclass(frozen=True, slots=True)
class HasRoom:
    """How many of a kind an agent has, and may have now: “2 of 3 chats”."""

    has: int
    most: int


@dataclass(frozen=True, slots=True)
class AgentStanding:
    """How an agent stands over all channels, since when, and what they have of each kind
    (chat, call, critical; a kind that they never have is not named).

    `chosen` is what they said last. `wraps_up_until` is until when nothing is offered after a
    call. `is_paused`: they missed two offers, and say themselves when they are back.
    """

    agent: Agent
    status: Standing
    chosen: str
    since: datetime | None
    is_paused: bool
    in_hours: bool
    wraps_up_until: datetime | None
    rooms: Mapping[str, HasRoom]

    @property
    def is_offered(self) -> bool:
        """Whether they are offered work as they stand, as far as there is room."""
        is_there = self.status == Standing.AVAILABLE and not self.is_paused
        return is_there and self.in_hours and self.wraps_up_until is None


def standing_of(agent: Agent, at: datetime) -> AgentStanding:
    """Return how an agent stands at an instant. Ten queries at the most."""
    return standings([agent.pk], at)[0]


def standings(numbers: Collection[int], at: datetime) -> list[AgentStanding]:
    """Return how these agents stand at an instant, by name."""
    page = Exists(OpenPage.objects.filter(agent=OuterRef("pk")))
    agents = Agent.objects.filter(pk__in=numbers).select_related("ability", "presence")
    rows = list(agents.annotate(has_page=page).order_by("name"))
    held = held_by([agent.pk for agent in rows], at)
    talks = Call.objects.going_on().filter(agent__in=numbers)
    talking = set(talks.values_list("agent", flat=True))
    calls = Call.objects.filter(agent__in=numbers, wraps_up_until__gt=at)
    until = dict(calls.values_list("agent", "wraps_up_until"))
    return [
        _standing(agent, held.has[agent.pk], at, until.get(agent.pk), agent.pk in talking)
        for agent in rows
    ]


def _standing(
    agent: Agent, has: Mapping[str, int], at: datetime, until: datetime | None, in_call: bool
) -> AgentStanding:
    presence: Presence | None = getattr(agent, "presence", None)
    limits = limits_of(ability_of(agent))
    return AgentStanding(
        agent=agent,
        status=_status(agent, presence, at, in_call=in_call),
        chosen=presence.status if presence else Presence.Status.OFFLINE,
        since=(presence.lost_at or presence.since) if presence else None,
        is_paused=bool(presence and presence.is_paused),
        in_hours=is_in_hours(agent, at),
        wraps_up_until=until,
        rooms={
            kind: HasRoom(has.get(kind, 0), most) for kind, most in most_of(limits, has).items()
        },
    )


def _status(
    agent: Agent, presence: Presence | None, at: datetime, *, in_call: bool
) -> Standing:
    if presence is None:
        return Standing.OFFLINE
    has_page = bool(getattr(agent, "has_page", False))
    heard = Heard(presence.status, presence.heard_at, has_page, presence.lost_at, in_call)
    return standing(heard, at)
