"""The process that reads mails for a worker (readers.py), without database and Django."""

from __future__ import annotations

import pickle
import resource
import sys
from contextlib import suppress
from multiprocessing.connection import Connection

from answerable.channels.email.core.reading import Asked, reading_of

MOST_MEMORY = 2 * 1024**3


def main(number: int) -> None:
    """Answer on an inherited socket until whoever asks is gone."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Connection(number) as wire, suppress(EOFError, OSError, KeyboardInterrupt):
        wire.send_bytes(b"ready")
        while True:
            asked: list[Asked] = pickle.loads(wire.recv_bytes())  # noqa: S301  from our parent
            wire.send_bytes(pickle.dumps([reading_of(each) for each in asked]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
