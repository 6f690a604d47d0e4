"""How far a mailbox was read, and how long to wait for a server that does not answer. Pure."""

from __future__ import annotations

from dataclasses import dataclass

PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0, 60.0, 120.0, 300.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a mailbox was read: every UID up to `last`, as long as `validity` holds.

    What is below `reread_below` was read before, when its UIDs were others.
    """

    validity: int
    last: int
    reread_below: int = 0


def mark_for(kept: Mark | None, validity: int, next_uid: int, *, takes_all: bool) -> Mark:
    """Return from where to read on, on a server that says these two of itself.

    The first time that is behind the newest mail, or before the oldest. A server that has
    another validity has numbered its mails anew (RFC 3501, 2.3.1.1): all are looked at again,
    and those that were there are known by what they say.
    """
    if kept is None:
        return Mark(validity, 0 if takes_all else max(next_uid - 1, 0))
    if kept.validity == validity:
        return kept
    return Mark(validity, 0, next_uid)


def pause_after(failures: int) -> float:
    """Return how many seconds to wait after so many failures in a row."""
    return PAUSES[min(max(failures, 1), len(PAUSES)) - 1]
