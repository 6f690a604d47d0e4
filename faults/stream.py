"""The stream of mails: so many, spread over the time in which things are killed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Stream:
    """Gives out the numbers of mails, as fast as the killing goes on and no faster.

    `progress` says which share of the kills was made.
    """

    def __init__(self, mails: int, seconds: float, progress: Callable[[], float]) -> None:
        self.mails, self.seconds, self.progress = mails, seconds, progress
        self.begun = 0
        self._since = time.monotonic()
        self._let = False
        self._lock = threading.Lock()

    @property
    def is_over(self) -> bool:
        """Whether every number was given out."""
        return self.begun >= self.mails

    def take(self, most: int = 1) -> list[int]:
        """Return the next numbers, at most so many; none when it is too early."""
        with self._lock:
            first = self.begun
            self.begun = min(first + most, max(self._allowed(), first))
            return list(range(first + 1, self.begun + 1))

    def let_all(self) -> None:
        """Wait for no kill any more."""
        self._let = True

    def _allowed(self) -> int:
        if self._let:
            return self.mails
        elapsed = (time.monotonic() - self._since) / self.seconds
        return int(self.mails * min(1.0, elapsed, self.progress())) + 1
