"""The processes that `up` starts: each in a group of its own, started again when it dies."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from answerable.cli.ending import PARENT
from answerable.cli.say import complain

END_SECONDS = 6.0
CALM_SECONDS = 60.0
PAUSES = (0.2, 1.0, 2.0, 5.0, 10.0, 30.0)
LONGEST_LOG = 20 * 2**20
CANNOT_RUN = 2


@dataclass(slots=True)
class Child:
    """One process: what to run, where it writes, how it fares."""

    name: str
    arguments: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    begun: float = 0.0
    failures: int = 0
    again_at: float = 0.0

    def start(self, pipe: int) -> None:
        """Start it; reading from the pipe ends when `up` does."""
        _shorten(self.log)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "answerable", self.name, *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=os.environ | {PARENT: str(pipe), "MALLOC_ARENA_MAX": "2"},
                pass_fds=[pipe],
                start_new_session=True,
            )
        self.begun = time.monotonic()

    def send(self, what: signal.Signals) -> None:
        """Send a signal to it and to all that it started."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, what)

    def last_words(self) -> str:
        """Return the last line that it wrote."""
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing"


@dataclass(slots=True)
class Children:
    """All of them."""

    all: list[Child] = field(default_factory=list)
    # Never written to: its reading end is how a child sees that `up` is gone.
    pipe: tuple[int, int] = field(default_factory=os.pipe)
    patience: float = END_SECONDS

    def start(self, name: str, *arguments: str, log: Path) -> None:
        """Start a process and keep it running from now on."""
        child = Child(name, list(arguments), log)
        child.start(self.pipe[0])
        self.all.append(child)

    def tend(self) -> None:
        """Start again what has died, a little later each time."""
        for child in self.all:
            if child.process is None and time.monotonic() >= child.again_at:
                child.start(self.pipe[0])
            elif child.process and child.process.poll() is not None:
                self._mourn(child, child.process.returncode)

    def refused(self) -> Child | None:
        """Return a process that said it cannot run at all, as with a bad setting."""
        for child in self.all:
            if child.process and child.process.poll() == CANNOT_RUN:
                return child
        return None

    def end(self, hurry: Callable[[], bool] = lambda: False) -> None:
        """End all, and whatever hangs by force; from then on there are none."""
        for child in self.all:
            child.send(signal.SIGTERM)
        deadline = time.monotonic() + self.patience
        while self._alive() and time.monotonic() < deadline and not hurry():
            time.sleep(0.02)
        for child in self._alive():
            complain(f"{child.name} hangs; ending it by force.")
            child.send(signal.SIGKILL)
        for child in self.all:
            if child.process:
                child.process.wait()
        self.all.clear()

    def _alive(self) -> list[Child]:
        return [c for c in self.all if c.process and c.process.poll() is None]

    def _mourn(self, child: Child, code: int) -> None:
        calm = time.monotonic() - child.begun > CALM_SECONDS
        child.failures = 0 if calm else child.failures + 1
        pause = PAUSES[min(child.failures, len(PAUSES) - 1)]
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        complain(f"{child.name} ended ({how}). Starting it again. More in {child.log}.")
        child.again_at = time.monotonic() + pause
        child.process = None


def shorten_logs(folder: Path) -> None:
    """Keep each log of a folder below its longest length, with one older piece."""
    for log in folder.glob("*.log"):
        _shorten(log)


def _shorten(log: Path) -> None:
    """Move what a log holds to LOG.1. Whoever appends to it goes on in the same file."""
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        shutil.copyfile(log, log.with_suffix(".log.1"))
        os.truncate(log, 0)
