"""The queue run forward: the same seed, somebody more, and what nobody can save."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from answerable.forecast.core.arriving import Arrival, Expected
from answerable.forecast.core.reading import WORTH, needed, range_of
from answerable.forecast.core.running import Job, Load, Person, futures_of, misses

USUAL = 9.0
minutes = some.floats(-30, 90, allow_nan=False)
jobs = some.lists(
    some.builds(
        lambda due, usual, stuck, critical: Job(
            due, due - usual, usual, stuck=stuck, critical=critical
        ),
        minutes,
        some.floats(1, 40),
        some.booleans(),
        some.booleans(),
    ),
    max_size=25,
)
people = some.lists(
    some.builds(
        Person,
        free_in=some.floats(0, 60),
        chats=some.integers(0, 4),
        most_chats=some.integers(1, 4),
        takes=some.booleans(),
    ),
    max_size=6,
)
expecteds = some.builds(
    Expected,
    counts=some.lists(some.integers(0, 12), min_size=4, max_size=8).filter(any),
    pool=some.lists(
        some.builds(Arrival, some.floats(0, 50), some.none() | some.floats(5, 90)), min_size=1
    ),
    surprise=some.floats(1, 3),
)
loads = some.builds(Load, some.floats(0, 300))


@given(jobs, expecteds)
def test_b_03_the_same_seed_gives_the_same_forecast(
    waiting: list[Job], expected: Expected
) -> None:
    once = futures_of(waiting, expected, usual=USUAL, runs=5)
    assert once == futures_of(waiting, expected, usual=USUAL, runs=5)


@given(jobs, expecteds, people, loads)
def test_b_03_without_somebody_nothing_is_missed_less(
    waiting: list[Job], expected: Expected, there: list[Person], load: Load
) -> None:
    futures = futures_of(waiting, expected, usual=USUAL, runs=5)
    all_of_them = misses(futures, there, load)
    for gone in range(len(there)):
        without = misses(futures, there[:gone] + there[gone + 1 :], load)
        assert all(less <= more for less, more in zip(all_of_them, without, strict=True))


@given(jobs, people)
def test_no_more_is_missed_than_falls_due(waiting: list[Job], there: list[Person]) -> None:
    futures = futures_of(waiting, Expected(), usual=USUAL, runs=3)
    due = sum(job.falls_due for job in waiting)
    stuck = sum(job.falls_due and job.stuck for job in waiting)
    assert all(stuck <= missed <= due for missed in misses(futures, there, Load()))


def test_without_anybody_all_is_missed() -> None:
    waiting = [Job(30, 21, USUAL), Job(45, 36, USUAL), Job(70, 61, USUAL), Job(-5, -14, USUAL)]
    futures = futures_of(waiting, Expected(), usual=USUAL, runs=3)
    assert misses(futures, [], Load()) == [2, 2, 2]


def test_one_person_answers_one_after_another() -> None:
    waiting = [Job(15, 6, 10.0), Job(15, 6, 10.0), Job(15, 6, 10.0)]
    futures = futures_of(waiting, Expected(), usual=USUAL)
    one = range_of(misses(futures, [Person()], Load()))
    three = range_of(misses(futures, [Person()] * 3, Load()))
    assert one.mean > 0.5
    assert three.mean < 0.3


def test_who_is_on_a_call_answers_after_it() -> None:
    futures = futures_of([Job(12, 3, USUAL)], Expected(), usual=USUAL)
    assert range_of(misses(futures, [Person()], Load())).high == 0
    assert range_of(misses(futures, [Person(free_in=12)], Load())).low == 1


def test_chats_and_calls_take_the_time_of_those_who_are_offered_them() -> None:
    waiting = [Job(20, 11, USUAL), Job(20, 11, USUAL)]
    futures = futures_of(waiting, Expected(), usual=USUAL)
    busy = sum(misses(futures, [Person(takes=True)], Load(45)))
    assert busy > sum(misses(futures, [Person(takes=False)], Load(45)))


@given(jobs, expecteds, loads)
def test_with_as_many_as_are_needed_nobody_more_would_help(
    waiting: list[Job], expected: Expected, load: Load
) -> None:
    futures = futures_of(waiting, expected, usual=USUAL, runs=10)
    need = needed(futures, load)
    crew = [Person(takes=True)] * need
    enough = range_of(misses(futures, [Person(takes=True)] * 64, load)).mean + WORTH
    assert range_of(misses(futures, crew, load)).mean <= enough
    if need:
        assert range_of(misses(futures, crew[1:], load)).mean > enough
