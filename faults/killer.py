"""Kills something at random, starts it again, and goes on until it has killed enough."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.installation import answers
from faults.boxes import Hit
from faults.house import RELAY, House
from faults.sink import Moment

BACKEND, POSTGRES = "a PostgreSQL process", "all of PostgreSQL"
# What is killed how often, by weight. A killed backend restarts all of PostgreSQL's sessions.
WEIGHTS = {
    "web": 16,
    "work 1": 13,
    "work 2": 13,
    "watch 1": 9,
    "watch 2": 9,
    "mail 1": 10,
    "mail 2": 10,
    BACKEND: 7,
    POSTGRES: 5,
    RELAY: 5,
    Moment.IN_DATA: 4,
    Moment.AFTER_DATA: 4,
    Moment.BEFORE_250: 5,
    Hit.ALL: 8,
    Hit.MASTER: 4,
    Hit.PART: 7,
}
LONGEST_DOWN = 0.8
# A slow machine gets three times as long as was planned; a run that is short even then says so.
LONGEST = 3.0
# Mostly the pages are let come up first: without them nobody sends anything.
MERCY = 0.95


@dataclass(slots=True)
class Killer:
    """Kills `kills` times within `seconds`, at instants that nobody can foresee.

    What is counted was alive when it was killed.
    """

    house: House
    kills: int
    seconds: float
    seed: int
    say: Callable[[str], None]
    done: Counter[str] = field(default_factory=Counter)
    ended_alone: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        """Kill until it is enough. `missing` says how many are left when time is up before."""
        chance = random.Random(self.seed)  # noqa: S311  # Faults, not secrets.
        begun = time.monotonic()
        step = self.seconds / self.kills
        while (number := self.done.total()) < self.kills:
            self._wait(begun + step * (number + chance.random()))
            if time.monotonic() > begun + self.seconds * LONGEST:
                return
            if self._kill(chance) and self.done.total() % 20 == 0:
                self.say(f"  {self.done.total()} of {self.kills} kills")

    def share(self) -> float:
        """Return which share of the kills was made, the one that is next counted."""
        return (self.done.total() + 1) / self.kills

    @property
    def missing(self) -> int:
        """How many of the kills that were asked for were not made."""
        return max(self.kills - self.done.total(), 0)

    def _choose(self, chance: random.Random) -> str:
        there = {*self.house.processes, BACKEND, POSTGRES, *Moment}
        if self.house.boxes:
            there |= {*Hit}
        if chance.random() < MERCY and not answers(self.house.ports.web)():
            there.discard("web")
        weights = {name: weight for name, weight in WEIGHTS.items() if name in there}
        return chance.choices(list(weights), list(weights.values()))[0]

    def _wait(self, until: float) -> None:
        self.ended_alone.update(self.house.revive())
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 1.0))
            self.ended_alone.update(self.house.revive())

    def _kill(self, chance: random.Random) -> bool:
        name = self._choose(chance)
        down = chance.uniform(0, LONGEST_DOWN)
        match name:
            case Moment():
                killed = self.house.kill_relay(name, down)
            case Hit():
                killed = self.house.kill_boxes(name, chance, down)
            case _ if name == BACKEND:
                killed = self.house.kill_backend(chance.choice)
            case _ if name == POSTGRES:
                killed = self.house.kill_postgres(down)
            case _:
                killed = self.house.kill(name, down)
        if killed:
            self.done[f"{RELAY} {name}" if isinstance(name, Moment) else str(name)] += 1
        return killed
