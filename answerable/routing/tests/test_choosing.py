"""Who is offered what: laws that hold whoever is there and whatever waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from answerable.routing.core.choosing import (
    ASKED_AGAIN_AFTER,
    HELD_FOR,
    Pairing,
    Person,
    Wait,
    fits,
    may_take,
    pair,
    urgency,
)
from answerable.routing.core.room import CRITICAL, room_of

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
KINDS = ("chat", "callback", "critical")
NUMBERS = range(1, 6)
LAW = settings(max_examples=300, deadline=None)
Desk = tuple[list[Wait], list[Person]]


def a_wait(key: int = 1, **facts: object) -> Wait:
    said = {"kind": "chat", "key": key, "since": AT, "act_by": AT + MINUTE, **facts}
    return Wait(**said)  # type: ignore[arg-type]


def a_person(key: int = 1, **facts: object) -> Person:
    return Person(**{"key": key, "room": {"chat": 1}, **facts})  # type: ignore[arg-type]


def names(pairings: Sequence[Pairing]) -> list[tuple[int, int]]:
    return [(each.wait.key, each.person.key) for each in pairings]


def waits_by(chance: Random) -> list[Wait]:
    return [
        a_wait(
            key,
            kind=chance.choice(KINDS),
            since=an_instant(chance),
            act_by=an_instant(chance),
            language=chance.choice(["", "en", "de", "fr"]),
            skills=some_of(chance, ["exports", "billing"]),
            knows=tuple(chance.sample(NUMBERS, chance.randint(0, 2))),
            turned_down={
                number: an_instant(chance)
                for number in chance.sample(NUMBERS, chance.randint(0, 2))
            },
            only=chance.choice([frozenset(), frozenset(), frozenset({chance.choice(NUMBERS)})]),
        )
        for key in range(chance.randint(0, 6))
    ]


def people_by(chance: Random) -> list[Person]:
    return [
        a_person(
            key,
            room={kind: chance.randint(0, 2) for kind in some_of(chance, KINDS)},
            busy=chance.randint(0, 4),
            idle_since=chance.choice([None, an_instant(chance)]),
            skills=some_of(chance, ["exports", "billing"]),
            languages=some_of(chance, ["en", "de"]),
            is_free=chance.random() < 0.7,
        )
        for key in NUMBERS[: chance.randint(0, 5)]
    ]


def an_instant(chance: Random) -> datetime:
    # Few different ones, so that equals and bounds are met.
    return AT + chance.choice([-600, -180, -120, -119, -30, -1, 0, 1, 29, 30, 240]) * SECOND


def some_of(chance: Random, of: Sequence[str]) -> frozenset[str]:
    return frozenset(one for one in of if chance.random() < 0.5)


def desks() -> some.SearchStrategy[Desk]:
    """Anything that waits, and anybody who is there. Drawn by a seed: piece by piece it takes
    too long."""
    return some.integers(0, 2**32).map(lambda seed: _desk(Random(seed)))


def _desk(chance: Random) -> Desk:
    return waits_by(chance), people_by(chance)


@LAW
@given(desks())
def test_nobody_gets_what_they_have_no_room_for(desk: Desk) -> None:
    waits, people = desk
    pairings = pair(waits, people, AT)
    for each in pairings:
        said_no = each.wait.turned_down.get(each.person.key, AT - ASKED_AGAIN_AFTER)
        assert each.person.is_free
        assert each.person.room.get(each.wait.kind, 0) > 0
        assert AT - said_no >= ASKED_AGAIN_AFTER
        assert not each.wait.only or each.person.key in each.wait.only
    assert len({each.person.key for each in pairings}) == len(pairings)
    assert len({each.wait.key for each in pairings}) == len(pairings)


@LAW
@given(desks())
def test_nothing_waits_beside_somebody_who_could_take_it(desk: Desk) -> None:
    waits, people = desk
    pairings = pair(waits, people, AT)
    taken = {each.person.key for each in pairings}
    left = [wait for wait in waits if wait not in [each.wait for each in pairings]]
    idle = [person for person in people if person.is_free and person.key not in taken]
    for wait in left:
        able = [person for person in idle if may_take(person, wait, AT)]
        # It is held for somebody who fits and is busy, and only while there is slack.
        assert not able or wait.act_by > AT
        assert not any(fits(person, wait) for person in able)


@LAW
@given(desks())
def test_nobody_passes_what_has_no_slack_left(desk: Desk) -> None:
    waits, people = desk
    pairings = pair(waits, people, AT)
    paired = {each.wait.key for each in pairings}
    for each in pairings:
        for wait in waits:
            passed = wait.act_by < each.wait.act_by and wait.act_by <= AT
            assert wait.key in paired or not passed or not may_take(each.person, wait, AT)


@LAW
@given(desks())
def test_who_knows_it_has_it_first(desk: Desk) -> None:
    waits, people = desk
    pairings = pair(waits, people, AT)
    taken = {each.person.key: urgency(each.wait) for each in pairings}
    for each in pairings:
        before = each.wait.knows
        if each.person.key in before:
            before = before[: before.index(each.person.key)]
        for person in people:
            if person.key in before and person.is_free and may_take(person, each.wait, AT):
                assert taken[person.key] < urgency(each.wait)


@LAW
@given(desks())
def test_who_fits_has_it_before_who_does_not(desk: Desk) -> None:
    waits, people = desk
    pairings = pair(waits, people, AT)
    taken = {each.person.key: urgency(each.wait) for each in pairings}
    for each in pairings:
        if each.person.key in each.wait.knows or fits(each.person, each.wait):
            continue
        for person in people:
            if person.is_free and may_take(person, each.wait, AT) and fits(person, each.wait):
                assert taken[person.key] < urgency(each.wait)


@LAW
@given(desks())
def test_the_order_in_which_it_is_told_changes_nothing(desk: Desk) -> None:
    waits, people = desk
    assert pair(waits, people, AT) == pair(waits[::-1], people[::-1], AT)


@settings(LAW, max_examples=40)
@given(some.integers(1, 3), some.integers(5, 60), some.integers(10, 300))
def test_nobody_starves_however_many_with_a_promise_come(
    staff: int, service: int, slack: int
) -> None:
    """One without a promise, among others who come without end: twice as many as can be helped,
    each with less slack. It is their turn once those have been who came before its slack ended.
    """
    plain = a_wait(0, act_by=AT + slack * SECOND)
    waiting, steps = [plain], 2 * (slack // service + 2)
    for step in range(steps):
        now = AT + step * service * SECOND
        for number in range(2 * staff):
            key = 1 + step * 2 * staff + number
            kind = ("callback", "chat")[number % 2]
            waiting.append(a_wait(key, kind=kind, since=now, act_by=now + SECOND))
        room = {"chat": 1, "callback": 1}
        for each in pair(waiting, [a_person(key, room=room) for key in range(staff)], now):
            waiting.remove(each.wait)
    assert plain not in waiting


def test_least_slack_comes_first() -> None:
    late = a_wait(1, since=AT - MINUTE, act_by=AT + 2 * MINUTE)
    soon = a_wait(2, act_by=AT + MINUTE)
    assert names(pair([late, soon], [a_person()], AT)) == [(2, 1)]


def test_what_was_turned_down_goes_on_to_the_next() -> None:
    wait = a_wait(knows=(1,), turned_down={1: AT})
    assert names(pair([wait], [a_person(1), a_person(2, busy=5)], AT)) == [(1, 2)]
    assert pair([wait], [a_person(1)], AT + ASKED_AGAIN_AFTER - SECOND) == []
    assert names(pair([wait], [a_person(1)], AT + ASKED_AGAIN_AFTER)) == [(1, 1)]


def test_who_never_said_no_is_asked_before_who_did_long_ago() -> None:
    wait = a_wait(turned_down={1: AT - 10 * MINUTE})
    assert names(pair([wait], [a_person(1), a_person(2, busy=5)], AT)) == [(1, 2)]


@pytest.mark.parametrize("slack", [10 * SECOND, 10 * MINUTE])
def test_it_is_held_for_who_fits_and_is_busy_a_little_and_while_there_is_slack(
    slack: timedelta,
) -> None:
    wait = a_wait(skills=frozenset(["exports"]), act_by=AT + slack)
    busy = a_person(1, skills=frozenset(["exports"]), is_free=False)
    desk = [busy, a_person(2)]
    assert pair([wait], desk, AT) == []
    until = AT + min(slack, HELD_FOR)
    assert pair([wait], desk, until - SECOND) == []
    assert names(pair([wait], desk, until)) == [(1, 2)]
    assert names(pair([wait], [a_person(2)], AT)) == [(1, 2)]


def test_of_equals_the_one_with_least_to_do_then_the_longest_idle() -> None:
    desk = [
        a_person(1, busy=1),
        a_person(2, idle_since=AT - MINUTE),
        a_person(3, idle_since=AT - 2 * MINUTE),
    ]
    assert names(pair([a_wait()], desk, AT)) == [(1, 3)]
    assert names(pair([a_wait()], desk[:2], AT)) == [(1, 2)]


@given(
    some.fixed_dictionaries(
        {kind: some.integers(0, 5) for kind in ("chat", "call", "critical")}
    ),
    some.fixed_dictionaries(
        {kind: some.integers(0, 6) for kind in ("chat", "call", "critical")}
    ),
)
def test_room_is_never_more_than_is_left(limits: dict[str, int], has: dict[str, int]) -> None:
    room = room_of(limits, has)
    assert all(
        0 <= left <= max(0, limits[kind] - has[kind])
        for kind, left in room.items()
        if kind in limits
    )
    assert room.get("callback") == room.get("call")
    if has[CRITICAL]:
        assert has["chat"] + room.get("chat", 0) <= max(1, has["chat"])
