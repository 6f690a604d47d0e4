"""A line at the terminal that says how far a long command is; in a log, a line now and then."""

from __future__ import annotations

import sys
from contextlib import suppress

WIDTH = 30
LINES_IN_A_LOG = 10


class Progress:
    """So many of so many. Written to the error output, so that what is printed stays clean."""

    def __init__(self, words: str, total: int) -> None:
        self._words = words
        self._total = max(total, 1)
        self._said = -1
        self._is_seen = sys.stderr.isatty()

    def is_at(self, done: int) -> None:
        """Say how many are done by now."""
        steps = 1000 if self._is_seen else LINES_IN_A_LOG
        step = min(done, self._total) * steps // self._total
        if step == self._said:
            return
        self._said = step
        share = min(done / self._total, 1)
        bar = "#" * round(share * WIDTH)
        line = f"{self._words} [{bar:<{WIDTH}}] {done} of {self._total}"
        self._write(f"\r{line}" if self._is_seen else f"{line}\n")

    def end(self) -> None:
        """Leave the line as it is, and begin the next."""
        if self._is_seen:
            self._write("\n")

    def _write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()
