"""The process that reads mails for a worker (readers.py), without database and Django."""

from __future__ import annotations

import resource
import sys
from contextlib import suppress
from multiprocessing.connection import Connection

from answerable.channels.email.core.reading import reading_of
from answerable.channels.email.laid import receive_asked, send_read

MOST_MEMORY = 2 * 1024**3


def main(number: int) -> None:
    """Answer on an inherited socket until whoever asks is gone."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Connection(number) as wire, suppress(EOFError, OSError, KeyboardInterrupt):
        wire.send_bytes(b"ready")
        while True:
            send_read(wire, [reading_of(each) for each in receive_asked(wire)])


if __name__ == "__main__":
    main(int(sys.argv[1]))
