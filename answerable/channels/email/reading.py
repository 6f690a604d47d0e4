"""The process that reads mails for a worker (readers.py), without database and Django."""

from __future__ import annotations

import pickle
import resource
import sys
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection

from answerable.channels.email.core.parse import Mail, read_mail

MOST_MEMORY = 2 * 1024**3


def main(number: int) -> None:
    """Answer on an inherited socket until whoever asks is gone."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Connection(number) as wire, suppress(EOFError, OSError, KeyboardInterrupt):
        wire.send_bytes(b"ready")
        while True:
            raws: list[bytes] = pickle.loads(wire.recv_bytes())  # noqa: S301  from our parent
            wire.send_bytes(pickle.dumps([_carried(read_mail(raw)) for raw in raws]))


def _carried(mail: Mail) -> Mail:
    """Return a mail without what stays here: the tree of its parts, the bytes of its files."""
    files = tuple(replace(file, read=bytes) for file in mail.attachments)
    return replace(mail, root=None, attachments=files)


if __name__ == "__main__":
    main(int(sys.argv[1]))
