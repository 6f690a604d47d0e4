"""Who is there, and how much more each may have: agents as the choosing core sees them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, Q

from answerable.accounts.models import Agent
from answerable.channels.chat.models import Chat
from answerable.channels.voice.models import Call, Transfer
from answerable.routing.core.being import LOST_AFTER
from answerable.routing.core.choosing import Person
from answerable.routing.core.hours import is_within
from answerable.routing.core.room import CALL, CHAT, CRITICAL, room_of
from answerable.routing.models import Ability, Absence, Offer, OpenPage, Presence, QueueEntry

NO_ABILITY = Ability()
LOOKS_BACK = timedelta(hours=12)  # who was offered nothing for longer is as idle as anybody
Has = Mapping[int, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Held:
    """What agents have in hand, by agent: how many of each kind; who talks or writes down what
    was said; to whom something rings; when each was last offered something."""

    has: Has
    in_call: frozenset[int]
    rings: frozenset[int]
    offered_at: Mapping[int, datetime]


def people_at(at: datetime) -> list[Person]:
    """Return everybody who can be offered work at an instant, now or once they have room.

    They are available, a page of theirs is open and heard, their hours are on, they are on
    duty, not absent and not paused. Ten queries, however many agents there are.
    """
    heard = OpenPage.objects.filter(heard_at__gte=at - LOST_AFTER).values("agent")
    there = Presence.objects.filter(
        status=Presence.Status.AVAILABLE, is_paused=False, lost_at=None, agent__in=heard
    )
    absent = Absence.objects.filter(begins_at__lte=at, ends_at__gt=at).values("agent")
    agents = Agent.objects.on_duty().filter(presence__in=there).exclude(pk__in=absent)
    rows = list(agents.select_related("ability").prefetch_related("ability__skills"))
    held = held_by([agent.pk for agent in rows], at)
    return [_person(agent, held) for agent in rows if is_in_hours(agent, at)]


def held_by(numbers: Collection[int], at: datetime) -> Held:
    """Return what these agents have in hand. Six queries."""
    chats = Chat.objects.open().filter(agent__in=numbers).values_list("agent", flat=True)
    calls = _calls(numbers, at)
    critical = QueueEntry.objects.filter(assignee__in=numbers, band=QueueEntry.Band.NOW)
    counted = {
        CHAT: Counter(chats),
        CALL: Counter(calls),
        CRITICAL: Counter(critical.values_list("assignee", flat=True)),
    }
    ringing = Offer.objects.filter(agent__in=numbers, ended_at=None)
    offers = Offer.objects.filter(
        agent__in=numbers, outcome=Offer.Outcome.TAKEN, made_at__gt=at - LOOKS_BACK
    )
    offered = offers.values_list("agent").annotate(last=Max("made_at")).order_by()
    return Held(
        has={pk: {kind: count[pk] for kind, count in counted.items()} for pk in numbers},
        in_call=frozenset(calls),
        rings=frozenset(ringing.values_list("agent", flat=True)),
        offered_at=dict(offered),
    )


def ability_of(agent: Agent) -> Ability:
    """Return what an agent is offered; the defaults where nobody said."""
    return agent.ability if hasattr(agent, "ability") else NO_ABILITY


def limits_of(ability: Ability) -> dict[str, int]:
    """Return how many of each kind somebody may have at once."""
    return {CHAT: ability.chats, CALL: ability.calls, CRITICAL: ability.critical}


def is_in_hours(agent: Agent, at: datetime) -> bool:
    """Say whether an agent's own hours are on at an instant."""
    hours = ability_of(agent).hours
    return not hours or is_within(hours, at.astimezone(ZoneInfo(agent.zone)))


def _calls(numbers: Collection[int], at: datetime) -> list[int]:
    """Return who talks, rings, writes down what was said, or comes into a call that is handed
    on; once for each call."""
    busy = Q(ended_at=None) | Q(wraps_up_until__gt=at)
    found = Call.objects.filter(busy, agent__in=numbers).values_list("agent", flat=True)
    comes = Transfer.objects.open().filter(taken_by__in=numbers)
    into = comes.values_list("taken_by", flat=True)
    return [pk for pk in (*found, *into) if pk is not None]


def _room(ability: Ability, has: Mapping[str, int]) -> dict[str, int]:
    """Return how much more somebody may have; who has no telephone takes no call to our
    number."""
    room = room_of(limits_of(ability), has)
    return room if ability.own_phone else {kind: room[kind] for kind in room if kind != CALL}


def _person(agent: Agent, held: Held) -> Person:
    ability, has = ability_of(agent), held.has[agent.pk]
    skills = ability.skills.all() if ability.pk else ()
    return Person(
        key=agent.pk,
        room=_room(ability, has),
        busy=sum(has.values()),
        idle_since=held.offered_at.get(agent.pk),
        skills=frozenset(skill.key for skill in skills),
        languages=frozenset(ability.languages),
        is_free=agent.pk not in held.in_call | held.rings,
        is_rung=agent.pk in held.rings - held.in_call,
    )
