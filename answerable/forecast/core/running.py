"""The queue run forward, minute by minute, many times. Pure.

The rule: at any minute the most urgent tickets are worked on, one by each person who is there,
the most urgent by whoever has the most time for tickets. A more urgent one comes in between,
and anybody may go on with what another began. So somebody more never makes a single ticket
later: no more is left of what is more urgent than it, hence it is worked on no later and no
slower (R. Ha and J. Liu, 1994, on such schedules). What is stuck with somebody who is not there
is decided before: see Job.stuck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import exp
from random import Random
from typing import NamedTuple

from answerable.forecast.core.arriving import Expected

HOUR = 60
RUNS = 500
SEED = 20250131
# A usual time is one that four of five replies keep; they spread by this much (log-normal).
SPREAD = 0.5
EIGHTY = 0.8416  # standard deviations above the middle, below which 80 of 100 lie
SHORTEST = 0.5  # minutes
# In what chats one has in hand, the first minutes of the hour go.
CHAT_MINUTES = 10
LEAST_SHARE = 0.1
FAR = 1e6


@dataclass(frozen=True, slots=True)
class Job:
    """A ticket that waits: in how many minutes it is due (below zero: late), in how many work
    must begin, and how long a reply of its kind usually takes.

    `counts`: its promise falls due in the hour and may be missed. `stuck`: whoever has it is
    not there, and nobody else takes it.
    """

    due: float
    act_by: float
    usual: float
    counts: bool = True
    stuck: bool = False
    critical: bool = False

    @property
    def falls_due(self) -> bool:
        """Whether it is one of those of which the forecast says how many are missed."""
        return self.counts and 0 <= self.due <= HOUR

    @property
    def rank(self) -> float:
        """What it is sorted by: critical tickets first, then the least slack."""
        return self.act_by - (FAR if self.critical else 0.0)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is there: in how many minutes they are free, how many chats they have in
    hand and may have, and whether they are offered chats and calls."""

    free_in: float = 0.0
    chats: int = 0
    most_chats: int = 3
    takes: bool = False


class Task(NamedTuple):
    """A ticket in one future: its urgency, from when on it is there, when it is due, how many
    minutes it takes, and whether it counts."""

    rank: float
    ready: float
    due: float
    work: float
    counts: bool


@dataclass(frozen=True, slots=True)
class Future:
    """One hour as it may come: what is to be done in the order of urgency, how many promises
    are missed whoever is there, and how many tickets are new."""

    tasks: tuple[Task, ...]
    lost: int
    new: int


@dataclass(frozen=True, slots=True)
class Load:
    """How many minutes of chats and calls the hour brings to all who take them together."""

    live: float = 0.0


def futures_of(
    jobs: Sequence[Job], expected: Expected, *, usual: float, runs: int = RUNS, seed: int = SEED
) -> list[Future]:
    """Return the hour as it may come, so many times; `usual` is what a new ticket takes.

    The same seed gives the same futures, whoever is there: what differs between two runs is
    the people alone.
    """
    chances = (Random(seed + number) for number in range(runs))  # noqa: S311
    return [_future(jobs, expected, usual, chance) for chance in chances]


def _future(jobs: Sequence[Job], expected: Expected, usual: float, chance: Random) -> Future:
    tasks = [
        Task(job.rank, 0.0, job.due, _takes(job.usual, chance), job.falls_due) for job in jobs
    ]
    lost = sum(job.stuck and job.falls_due for job in jobs)
    known = [task for task, job in zip(tasks, jobs, strict=True) if not job.stuck]
    arrived = expected.draw(chance)
    new = [
        Task(one.due - usual, one.after, one.due, _takes(usual, chance), one.due <= HOUR)
        for one in arrived
        if one.within is not None
    ]
    return Future(tuple(sorted(known + new)), lost, len(arrived))


def _takes(usual: float, chance: Random) -> float:
    """Return how long a reply takes that is usually written in so many minutes."""
    return max(SHORTEST, usual * exp(SPREAD * (chance.gauss(0, 1) - EIGHTY)))


def misses(futures: Sequence[Future], people: Sequence[Person], load: Load) -> list[int]:
    """Return how many promises of the hour are missed in each future with these people.

    Somebody more never makes one of these numbers greater.
    """
    speeds = speeds_of(people, load)
    return [future.lost + _missed(future.tasks, speeds) for future in futures]


def speeds_of(people: Sequence[Person], load: Load) -> list[list[float]]:
    """Return for each minute how much of their time each person has for tickets, most first."""
    takers = sum(person.takes for person in people)
    live = load.live / HOUR / takers if takers else 0.0
    shares = [
        (person, max(LEAST_SHARE, 1.0 - live) if person.takes else 1.0) for person in people
    ]
    return [
        sorted((share * _free(person, minute) for person, share in shares), reverse=True)
        for minute in range(HOUR)
    ]


def _free(person: Person, minute: int) -> float:
    if minute < person.free_in:
        return 0.0
    if minute >= CHAT_MINUTES or not person.chats:
        return 1.0
    return max(LEAST_SHARE, 1.0 - person.chats / max(person.chats, person.most_chats))


def _missed(tasks: Sequence[Task], speeds: Sequence[Sequence[float]]) -> int:
    """Return how many tasks that count are not done when they are due."""
    coming = sorted(range(len(tasks)), key=lambda at: tasks[at].ready, reverse=True)
    left, kept = [task.work for task in tasks], 0
    urgent: list[int] = []  # tasks are in order of urgency: their place is their rank
    for minute in range(HOUR):
        while coming and tasks[coming[-1]].ready <= minute:
            heappush(urgent, coming.pop())
        going = []
        for speed in speeds[minute]:
            if not urgent or not speed:
                break
            at = heappop(urgent)
            if left[at] <= speed:
                task = tasks[at]
                kept += task.counts and minute + left[at] / speed <= task.due
            else:
                left[at] -= speed
                going.append(at)
        for at in going:
            heappush(urgent, at)
    return sum(task.counts for task in tasks) - kept
