"""Who is offered what next. Pure.

What waits is taken least slack first: by the instant at which somebody must begin. That is an
instant and no share of a wait, so what waits long comes before whatever arrives after it had
to begin: nobody starves. For each the best of those who are free is chosen, and is then busy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# Who said no, or let it ring, is asked again after this time, after everybody else.
ASKED_AGAIN_AFTER = timedelta(minutes=2)
NO_SKILLS: frozenset[str] = frozenset()
ANYBODY: frozenset[int] = frozenset()
# For how long something is kept for who fits and is busy, while somebody else is free.
HELD_FOR = timedelta(seconds=30)
LONG_AGO = float("-inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Something that waits for an agent: of which kind, since when, and when somebody must
    begin. `knows` are agents who know it, the best first; `turned_down` says who had it
    offered and did not take it, and when. `only`: nobody but these may have it; empty for
    everybody."""

    kind: str
    key: int
    since: datetime
    act_by: datetime
    language: str = ""
    skills: frozenset[str] = NO_SKILLS
    knows: tuple[int, ...] = ()
    turned_down: Mapping[int, datetime] = field(default_factory=dict)
    only: frozenset[int] = ANYBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An agent who is there: how many more of each kind they may have, how much they have,
    since when they were offered nothing, and what they know. No languages means every one.

    `is_free` says that they can be offered something at this moment; `is_rung` that they
    cannot, only because something rings at them.
    """

    key: int
    room: Mapping[str, int]
    busy: int = 0
    idle_since: datetime | None = None
    skills: frozenset[str] = NO_SKILLS
    languages: frozenset[str] = NO_SKILLS
    is_free: bool = True
    is_rung: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """Something that is offered to somebody."""

    wait: Wait
    person: Person


def pair(waits: Iterable[Wait], people: Sequence[Person], at: datetime) -> list[Pairing]:
    """Return what is offered to whom now, the most urgent first; each person gets one."""
    free = {person.key: person for person in people if person.is_free}
    pairings = []
    for wait in sorted(waits, key=urgency):
        person = _chosen(wait, free, people, at)
        if person:
            pairings.append(Pairing(wait, person))
            del free[person.key]
    return pairings


def urgency(wait: Wait) -> tuple[datetime, datetime, str, int]:
    """Return what orders what waits: least slack first, then who has waited longest."""
    return wait.act_by, wait.since, wait.kind, wait.key


def may_take(person: Person, wait: Wait, at: datetime) -> bool:
    """Say whether something may be offered to somebody: it is for them, there is room for it,
    and they have not just turned it down."""
    if wait.only and person.key not in wait.only:
        return False
    said_no = wait.turned_down.get(person.key)
    return person.room.get(wait.kind, 0) > 0 and (
        said_no is None or at - said_no >= ASKED_AGAIN_AFTER
    )


def held_until(wait: Wait) -> datetime:
    """Return until when something is held for who fits, rather than given to who does not."""
    return min(wait.act_by, wait.since + HELD_FOR)


def fits(person: Person, wait: Wait) -> bool:
    """Say whether somebody speaks the language that it is in, and knows what it is about."""
    return _speaks(person, wait) and wait.skills <= person.skills


def _chosen(
    wait: Wait, free: Mapping[int, Person], people: Iterable[Person], at: datetime
) -> Person | None:
    """Return the best of those who are free, or None.

    Who knows it comes first. Else it is held a little, and only while there is slack, for
    somebody who fits and is busy; after that anybody is better than nobody.
    """
    able = {key: person for key, person in free.items() if may_take(person, wait, at)}
    known = next((able[key] for key in wait.knows if key in able), None)
    if known:
        return known
    fitting = [person for person in able.values() if fits(person, wait)]
    if not fitting and at < held_until(wait) and _somebody_will(wait, people):
        return None
    return min(fitting or able.values(), key=lambda one: _rank(one, wait), default=None)


def _somebody_will(wait: Wait, people: Iterable[Person]) -> bool:
    """Say whether somebody who fits is there and only busy."""
    return any(
        fits(person, wait) and wait.kind in person.room and person.key not in wait.turned_down
        for person in people
        if not wait.only or person.key in wait.only
    )


def _rank(person: Person, wait: Wait) -> tuple[bool, bool, int, int, float, int]:
    """Return what orders those who may have it: who was not asked before, who speaks the
    language, who knows most of it, who has least to do, who has been idle for longest."""
    idle = person.idle_since.timestamp() if person.idle_since else LONG_AGO
    return (
        person.key in wait.turned_down,
        not _speaks(person, wait),
        len(wait.skills - person.skills),
        person.busy,
        idle,
        person.key,
    )


def _speaks(person: Person, wait: Wait) -> bool:
    return not person.languages or not wait.language or wait.language in person.languages
