"""A desk in which only the order is tried: callers come, wait, give up or are helped.

The same callers, agents and lengths of calls for each order; time goes from event to event.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from answerable.routing.core.choosing import HELD_FOR, Person, Wait, pair
from bench.call_log import Caller, Stretch

BEGIN = datetime(1999, 1, 1, tzinfo=UTC)
KIND = "call"
# Seconds that an agent needs between two calls: with them as many give up as really did.
REST = 45.0
# An order says who is helped by whom now: callers that wait, and agents that are free.
Order = Callable[["Desk"], list[tuple[int, str]]]


@dataclass(slots=True)
class Ended:
    """What became of a caller: how long they waited, and who helped them, "" for nobody."""

    caller: Caller
    waited: float
    agent: str = ""
    was_known: bool = False


@dataclass(slots=True)
class Desk:
    """A desk at an instant: who waits, who is there until when, who is free since when."""

    now: float = 0.0
    waiting: dict[int, Caller] = field(default_factory=dict)
    there: dict[str, Stretch] = field(default_factory=dict)
    free: dict[str, float] = field(default_factory=dict)
    ended: list[Ended] = field(default_factory=list)


def run(callers: Sequence[Caller], stretches: Sequence[Stretch], order: Order) -> list[Ended]:
    """Return what became of each caller under an order."""
    desk = Desk()
    events: list[tuple[float, int, str, object]] = []
    for caller in callers:
        events.append((caller.at, caller.key, "calls", caller))
        events.append((caller.at + caller.patience, caller.key, "gives up", caller))
        events.append(
            (caller.at + HELD_FOR.total_seconds(), caller.key, "is held no more", None)
        )
    for number, stretch in enumerate(stretches):
        events.append((stretch.begins, number, "comes", stretch))
        events.append((stretch.ends, number, "goes", stretch))
    heapq.heapify(events)
    while events:
        desk.now, number, what, thing = heapq.heappop(events)
        _happens(desk, what, thing)
        for key, agent in order(desk):
            caller = _helped(desk, key, agent)
            done = (desk.now + caller.service + REST, number, "is free", agent)
            heapq.heappush(events, done)
    return desk.ended


def _happens(desk: Desk, what: str, thing: object) -> None:
    match thing:
        case Caller() if what == "calls":
            desk.waiting[thing.key] = thing
        case Caller() if desk.waiting.pop(thing.key, None):
            desk.ended.append(Ended(thing, thing.patience))
        case Stretch() if what == "comes":
            desk.there[thing.agent] = thing
            desk.free[thing.agent] = desk.now
        case Stretch() if desk.there.get(thing.agent) == thing:
            del desk.there[thing.agent]
            desk.free.pop(thing.agent, None)
        case str() if thing in desk.there:
            desk.free[thing] = desk.now


def _helped(desk: Desk, key: int, agent: str) -> Caller:
    caller = desk.waiting.pop(key)
    del desk.free[agent]
    known = caller.type in desk.there[agent].knows
    desk.ended.append(Ended(caller, desk.now - caller.at, agent, known))
    return caller


def first_come(desk: Desk) -> list[tuple[int, str]]:
    """Who has waited longest, by whom has been free for longest."""
    callers = sorted(desk.waiting.values(), key=lambda caller: (caller.at, caller.key))
    agents = sorted(desk.free, key=lambda agent: (desk.free[agent], agent))
    return [(c.key, agent) for c, agent in zip(callers, agents, strict=False)]


def least_slack(promises: Mapping[int, float], *, by_skill: bool) -> Order:
    """Return our order: by what is promised to each class, in seconds; with what agents know,
    or as if everybody knew everything."""
    numbers: dict[str, int] = defaultdict(lambda: len(numbers))

    def order(desk: Desk) -> list[tuple[int, str]]:
        if not desk.waiting or not desk.free:
            return []
        people = [_person(desk, one, numbers[one.agent]) for one in desk.there.values()]
        waits = [_wait(one, promises, by_skill=by_skill) for one in desk.waiting.values()]
        names = {number: agent for agent, number in numbers.items()}
        made = pair(waits, people, _at(desk.now))
        return [(each.wait.key, names[each.person.key]) for each in made]

    return order


def _person(desk: Desk, stretch: Stretch, number: int) -> Person:
    free = stretch.agent in desk.free
    since = _at(desk.free[stretch.agent]) if free else None
    return Person(
        key=number, room={KIND: int(free)}, idle_since=since, skills=stretch.knows, is_free=free
    )


def _wait(caller: Caller, promises: Mapping[int, float], *, by_skill: bool) -> Wait:
    act_by = _at(caller.at + promises[caller.priority])
    skills = frozenset([caller.type]) if by_skill else frozenset()
    return Wait(kind=KIND, key=caller.key, since=_at(caller.at), act_by=act_by, skills=skills)


def _at(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)
