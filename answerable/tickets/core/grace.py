"""For how long a reply may wait so that its writer can take it back. Pure.

Never so long that it breaks a promise: the mail has to be taken and handed over after it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

NONE = timedelta(0)
# What a worker needs to see that a reply leaves, and to hand it to the next server.
HANDING_OVER = timedelta(seconds=5)
# With less than this left on a promise nobody is made to wait (ux.md 8.7).
TOO_LITTLE = timedelta(seconds=15)


def grace(longest: timedelta, left: timedelta | None) -> timedelta:
    """Return for how long a reply waits, with so much left on its promise; None: no promise.

    Once a promise is late, each second counts too.
    """
    if left is None:
        return longest
    return NONE if left < TOO_LITTLE else min(longest, left - HANDING_OVER)


def may_wait(leaves_at: datetime, due_at: datetime) -> bool:
    """Say whether a reply that leaves at an instant keeps a promise that is due at another."""
    return leaves_at + HANDING_OVER <= due_at
