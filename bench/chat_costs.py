"""What chats take of a machine: the web processes, PostgreSQL, and the bench apart."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bench.installation import Process
from bench.measure import Figure, single
from bench.processes import cpu_of_family, cpu_seconds

WEB, DATABASE, BENCH = "the web processes", "PostgreSQL", "this bench"


@dataclass(frozen=True, slots=True)
class Reading:
    """The processor time that each has taken by an instant, in seconds."""

    at: float
    taken: Mapping[str, float]

    def cores_since(self, before: Reading) -> dict[str, float]:
        """Return how many cores each took since an earlier reading."""
        seconds = self.at - before.at
        return {who: (took - before.taken[who]) / seconds for who, took in self.taken.items()}


def read(webs: list[Process], database: int) -> Reading:
    """Return what each has taken by now. PostgreSQL's helpers count with it."""
    living = [web for web in webs if web.alive()]
    taken = {
        WEB: sum(cpu_seconds(web.pid) for web in living),
        DATABASE: cpu_of_family(database),
        BENCH: cpu_seconds(os.getpid()),
    }
    return Reading(time.monotonic(), taken)


def figures(
    quiet: tuple[Reading, Reading], talk: tuple[Reading, Reading], said: int
) -> list[Figure]:
    """Return what open pages take while nobody talks, and what a message takes above that."""
    idle = quiet[1].cores_since(quiet[0])
    busy = talk[1].cores_since(talk[0])
    seconds = talk[1].at - talk[0].at
    return [
        *(single(f"Open pages: cores taken by {who}", idle[who]) for who in idle),
        *(single(f"With the talk: cores taken by {who}", busy[who]) for who in busy),
        *(
            single(
                f"A message: CPU of {who}",
                (busy[who] - idle[who]) * seconds * 1000 / said,
                "ms",
            )
            for who in busy
        ),
    ]
