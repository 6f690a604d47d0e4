"""Somebody who does the same thing over and over, in a thread of their own."""

from __future__ import annotations

import random
import threading
import time
import traceback
from collections.abc import Callable

from faults.journal import Journal

# Whatever was begun is tried so long; nothing is down for longer than a few seconds.
PATIENCE = 90.0


class Actor(threading.Thread):
    """Does one thing after another until told to stop, and ends what was begun."""

    pause = 0.3  # seconds between two things, as a rule

    def __init__(self, name: str, journal: Journal, seed: int) -> None:
        super().__init__(name=name, daemon=True)
        self.journal = journal
        self.random = random.Random(f"{seed} {name}")  # noqa: S311  # Faults, not secrets.
        self.stopping = threading.Event()
        self.failures: list[str] = []

    def step(self) -> None:
        """Do it once."""
        raise NotImplementedError

    def run(self) -> None:
        """Do it until told to stop. What our own code did not expect is kept and reported."""
        while not self.stopping.is_set():
            try:
                self.step()
            except Exception:  # A broken actor must not look like a quiet one.
                self.failures.append(traceback.format_exc())
                self.stopping.wait(1)
            self.stopping.wait(self.random.uniform(0, 2 * self.pause))

    def persist(self, attempt: Callable[[], bool]) -> bool:
        """Try until it succeeds or patience ends, as a person or a mail server would."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if attempt():
                return True
            time.sleep(self.random.uniform(0.1, 0.6))
        return False
