"""Ctrl-C and its kin, for `up`: noted at once, acted on where it is safe."""

from __future__ import annotations

import os
import select
import signal
from contextlib import suppress
from types import FrameType

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Asked:
    """How often we were asked to end. A child's end wakes the waiting too."""

    def __init__(self) -> None:
        self.times = 0
        self._read, write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(write, False)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        for ending in ENDINGS:
            signal.signal(ending, self._note)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)

    def wait(self, seconds: float) -> bool:
        """Wait that long, or until a signal comes; return whether we were asked to end."""
        if not self.times:
            select.select([self._read], [], [], seconds)
            with suppress(BlockingIOError):
                os.read(self._read, 1024)
        return bool(self.times)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.times += 1
