"""Who is offered what: laws that hold whoever is there and whatever waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
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

instants = some.integers(-1200, 1200).map(lambda seconds: AT + seconds * SECOND)
skills = some.frozensets(some.sampled_from(["exports", "billing"]))
languages = some.frozensets(some.sampled_from(["en", "de"]))


def a_wait(key: int = 1, **facts: object) -> Wait:
    said = {"kind": "chat", "key": key, "since": AT, "act_by": AT + MINUTE, **facts}
    return Wait(**said)  # type: ignore[arg-type]


def a_person(key: int = 1, **facts: object) -> Person:
    return Person(**{"key": key, "room": {"chat": 1}, **facts})  # type: ignore[arg-type]


def names(pairings: Sequence[Pairing]) -> list[tuple[int, int]]:
    return [(each.wait.key, each.person.key) for each in pairings]


@some.composite
def waits(draw: some.DrawFn) -> list[Wait]:
    return [
        a_wait(
            key,
            kind=draw(some.sampled_from(KINDS)),
            since=draw(instants),
            act_by=draw(instants),
            language=draw(some.sampled_from(["", "en", "de", "fr"])),
            skills=draw(skills),
            knows=tuple(draw(some.lists(some.sampled_from(NUMBERS), max_size=2))),
            turned_down=draw(some.dictionaries(some.sampled_from(NUMBERS), instants)),
        )
        for key in range(draw(some.integers(0, 6)))
    ]


@some.composite
def people(draw: some.DrawFn) -> list[Person]:
    room = some.dictionaries(some.sampled_from(KINDS), some.integers(0, 2))
    return [
        a_person(
            key,
            room=draw(room),
            busy=draw(some.integers(0, 4)),
            idle_since=draw(some.none() | instants),
            skills=draw(skills),
            languages=draw(languages),
            is_free=draw(some.booleans()),
        )
        for key in NUMBERS[: draw(some.integers(0, 5))]
    ]


@given(waits(), people())
def test_nobody_gets_what_they_have_no_room_for(
    waits: list[Wait], people: list[Person]
) -> None:
    pairings = pair(waits, people, AT)
    assert all(
        each.person.is_free and may_take(each.person, each.wait, AT) for each in pairings
    )
    assert len({each.person.key for each in pairings}) == len(pairings)
    assert len({each.wait.key for each in pairings}) == len(pairings)


@given(waits(), people())
def test_nothing_waits_beside_somebody_who_could_take_it(
    waits: list[Wait], people: list[Person]
) -> None:
    pairings = pair(waits, people, AT)
    taken = {each.person.key for each in pairings}
    left = [wait for wait in waits if wait not in [each.wait for each in pairings]]
    idle = [person for person in people if person.is_free and person.key not in taken]
    for wait in left:
        able = [person for person in idle if may_take(person, wait, AT)]
        # It is held for somebody who fits and is busy, and only while there is slack.
        assert not able or wait.act_by > AT
        assert not any(fits(person, wait) for person in able)


@given(waits(), people())
def test_nobody_passes_what_has_no_slack_left(waits: list[Wait], people: list[Person]) -> None:
    pairings = pair(waits, people, AT)
    paired = {each.wait.key for each in pairings}
    for each in pairings:
        for wait in waits:
            passed = urgency(wait) < urgency(each.wait) and wait.act_by <= AT
            assert wait.key in paired or not passed or not may_take(each.person, wait, AT)


@given(waits(), people())
def test_who_knows_it_has_it_first(waits: list[Wait], people: list[Person]) -> None:
    pairings = pair(waits, people, AT)
    taken = {each.person.key: urgency(each.wait) for each in pairings}
    for each in pairings:
        before = each.wait.knows
        if each.person.key in before:
            before = before[: before.index(each.person.key)]
        for person in people:
            if person.key in before and person.is_free and may_take(person, each.wait, AT):
                assert taken[person.key] < urgency(each.wait)


@given(waits(), people())
def test_who_fits_has_it_before_who_does_not(waits: list[Wait], people: list[Person]) -> None:
    pairings = pair(waits, people, AT)
    taken = {each.person.key: urgency(each.wait) for each in pairings}
    for each in pairings:
        if each.person.key in each.wait.knows or fits(each.person, each.wait):
            continue
        for person in people:
            if person.is_free and may_take(person, each.wait, AT) and fits(person, each.wait):
                assert taken[person.key] < urgency(each.wait)


@given(waits(), people())
def test_the_order_in_which_it_is_told_changes_nothing(
    waits: list[Wait], people: list[Person]
) -> None:
    assert pair(waits, people, AT) == pair(waits[::-1], people[::-1], AT)


@given(
    some.lists(some.integers(0, 300), min_size=1, max_size=12),
    some.integers(1, 3),
    some.integers(5, 40),
    some.integers(10, 120),
)
def test_nobody_starves_however_many_with_a_promise_come(
    arrivals: list[int], staff: int, service: int, slack: int
) -> None:
    """One caller without a promise, among others who come without end, each with less slack."""
    plain = a_wait(0, act_by=AT + slack * SECOND, since=AT)
    waiting, free_at = [plain], dict.fromkeys(range(staff), 0)
    for second in range(2000):
        now = AT + second * SECOND
        for number in range(2 * staff):
            key = 1 + second * 2 * staff + number
            if second % service == 0 or second in arrivals:
                waiting.append(a_wait(key, since=now, act_by=now + 5 * SECOND))
        desk = [a_person(key, is_free=free_at[key] <= second) for key in free_at]
        for each in pair(waiting, desk, now):
            waiting.remove(each.wait)
            free_at[each.person.key] = second + service
        if plain not in waiting:
            return
    pytest.fail("The caller without a promise was never offered to anybody.")


def test_least_slack_comes_first() -> None:
    late, soon = a_wait(1, act_by=AT + 2 * MINUTE), a_wait(2, act_by=AT + MINUTE)
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
