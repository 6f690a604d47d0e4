"""Reads mails in a process of its own, which may hang, bloat or die: then another one reads on.

The parser is bounded, and written not to fail. This is for the day on which it does all the
same: a mail must not take the worker with it, and come again, and take the next one too. Such a
mail is read as plain text, and says so.
"""

from __future__ import annotations

import atexit
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection, Pipe
from tempfile import gettempdir

from answerable.channels.email.core.reading import Asked, Reading, plain_reading
from answerable.channels.email.laid import receive_read, send_asked
from answerable.channels.email.spool import folder

log = logging.getLogger(__name__)

MODULE = "answerable.channels.email.reader"
START_SECONDS = 30.0
SECONDS = 10.0
BYTES_PER_SECOND = 1024 * 1024
GAVE_UP = "Reading it took too much time or memory; it is shown as plain text."


class Readers:
    """One reading process at a time, begun when it is first needed."""

    def __init__(self, command: Sequence[str] = (sys.executable, "-m", MODULE)) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._wire: Connection | None = None

    def read(self, asked: Sequence[Asked]) -> list[Reading]:
        """Return what mails say. One that cannot be read is given as plain text."""
        with self._lock:
            read = self._ask(asked)
            if read is not None:
                return read
            if len(asked) == 1:
                return [plain_reading(asked[0], GAVE_UP)]
            alone = ((each, self._ask([each])) for each in asked)
            return [said[0] if said else plain_reading(each, GAVE_UP) for each, said in alone]

    def close(self) -> None:
        """End the reading process."""
        with self._lock:
            self._end()

    def _ask(self, asked: Sequence[Asked]) -> list[Reading] | None:
        """Return what the process answers; None when it does not, and is ended."""
        read: list[Reading] | None = None
        try:
            wire = self._wire or self._begin()
            send_asked(wire, asked)
            if wire.poll(SECONDS + sum(len(each.raw) for each in asked) / BYTES_PER_SECOND):
                read = receive_read(wire)
            else:
                log.warning("Mails were not read in time.")
        except (OSError, EOFError):
            log.warning("The process that reads mails is gone.")
        finally:
            if read is None:
                self._end()
        return read

    def _begin(self) -> Connection:
        ours, theirs = Pipe()
        with theirs:
            number = theirs.fileno()
            self._child = subprocess.Popen(
                [*self._command, str(number)],
                pass_fds=[number],
                env={**os.environ, "TMPDIR": folder() or gettempdir()},
            )
        self._wire = ours
        if not ours.poll(START_SECONDS):
            raise EOFError
        ours.recv_bytes()  # It says that it is there.
        return ours

    def _end(self) -> None:
        if self._wire:
            self._wire.close()
        if self._child:
            self._child.kill()
            self._child.wait()
        self._wire = self._child = None


readers = Readers()
atexit.register(readers.close)
