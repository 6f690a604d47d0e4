"""One fault run: an installation of its own, put under fire and looked at."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from answerable.channels.email.tests.name_server import NameServer
from bench.installation import free_port, throwaway
from faults.hook import Hook

Say = Callable[[str], None]
# What is longer is refused: so few megabytes, that it can be tried often.
MOST_MB = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: so many kills, over so many seconds, in the order of a seed.

    `mails` is how many are sent meanwhile, `copies` how many mail doors, workers and watches
    there are of each, `promise` how many seconds the shortest promise is.
    """

    kills: int
    seconds: float
    seed: int
    mails: int
    copies: int = 2
    promise: int = 12


@dataclass(slots=True)
class Line:
    """What one rule came to: how many cases there were, what broke it, what else is to tell."""

    rule: str
    cases: int
    findings: list[str]
    notes: list[str]


@dataclass(slots=True)
class Result:
    """What was done and found. `broken` is what our own people or machinery ran into.

    `missing` is how many of the kills that were planned were not made.
    """

    killed: dict[str, int]
    ended_alone: dict[str, int]
    counts: dict[str, int]
    lines: list[Line]
    broken: list[str] = field(default_factory=list)
    missing: int = 0
    seconds: float = 0.0

    @property
    def found(self) -> bool:
        """Whether anything is wrong, in the product or in the run itself."""
        told = any(row.findings for row in self.lines)
        return bool(told or self.broken or self.ended_alone or self.missing)


def run(plan: Plan, say: Say, *, keep: bool = False, like: Path | None = None) -> Result:
    """Do a fault run in an installation of its own, and return what was found."""
    begun = time.monotonic()
    web, relay, names, hook = free_port(), free_port(), NameServer(), Hook()
    settings = {
        "ANSWERABLE_MAIL_URL": f"smtp://127.0.0.1:{relay}",
        "ANSWERABLE_URL": f"http://127.0.0.1:{web}",
        "ANSWERABLE_MAIL_DNS": names.address,
        "ANSWERABLE_MAIL_MAX_MB": str(MOST_MB),
        "ANSWERABLE_OUTBOUND_ALLOW": hook.allowed,
    }
    say("Starting an installation …")
    try:
        with throwaway(settings=settings, keep=keep, like=like) as installation:
            installation.use()
            # What knows our tables can be loaded only now that settings are known.
            fire = import_module("faults.fire")
            result: Result = fire.under_fire(installation, (web, relay), hook, plan, say)
    finally:
        names.stop()
        hook.close()
    result.seconds = time.monotonic() - begun
    return result
