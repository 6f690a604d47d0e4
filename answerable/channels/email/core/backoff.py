"""How long a mail, or a server, waits for another try. Pure."""

from __future__ import annotations

from datetime import timedelta
from zlib import crc32

FIRST_SECONDS = 5
LONGEST_MAIL_SECONDS = 3600
LONGEST_SERVER_SECONDS = 300
DOUBLINGS = 12
SPREAD = 0.25


def mail_wait(attempts: int, seed: str) -> timedelta:
    """Return how long a mail waits that was tried so often before: twice as long each time.

    Up to an hour and a quarter. The seed spreads those that failed together over a quarter of
    the time, so that they do not come back together.
    """
    return _doubled(attempts, LONGEST_MAIL_SECONDS, seed)


def server_wait(failures: int, seed: str) -> timedelta:
    """Return how long a server is left alone that failed so often before, up to six minutes.

    Shorter than a mail's wait: once it answers, everything that waited for it goes out.
    """
    return _doubled(failures, LONGEST_SERVER_SECONDS, seed)


def _doubled(times: int, longest: int, seed: str) -> timedelta:
    seconds = min(FIRST_SECONDS * 2 ** min(times, DOUBLINGS), longest)
    jitter = SPREAD * crc32(f"{seed} {times}".encode()) / 2**32
    return timedelta(seconds=seconds * (1 + jitter))
