"""By which ways the steps of a ladder reach people, and how long it waits for them. Pure."""

from __future__ import annotations

from datetime import timedelta

from answerable.notices.core.levels import Way

CARD = frozenset({Way.CARD, Way.SOUND})
DESKTOP = CARD | {Way.DESKTOP, Way.PUSH}
# The table of ux.md 8.12: from this per cent of the promise on, these ways.
STEPS: tuple[tuple[int, frozenset[Way]], ...] = (
    (0, CARD),
    (10, DESKTOP),
    (25, DESKTOP | {Way.PHONE}),
    (40, DESKTOP | {Way.PHONE, Way.SMS}),
    (60, DESKTOP | {Way.PHONE}),
)
PAGED_FROM = 100

# Who has not taken note of what insists is rung up after a minute, and twice again.
FIRST_ROUND = timedelta(minutes=1)
NEXT_ROUND = timedelta(minutes=5)
MOST_ROUNDS = 3
# After so long a step's trace is written, with what is known by then.
TRACED_AFTER = timedelta(seconds=60)


def ways_of_step(percent: int) -> frozenset[Way]:
    """Return the ways of the step at a per cent of the promise: those of the last row of the
    table that it has reached."""
    return next(ways for begins, ways in reversed(STEPS) if percent >= begins)


def next_round(rounds: int) -> timedelta | None:
    """Return after how long what insists goes on to the telephone; None when it ends there."""
    if rounds >= MOST_ROUNDS:
        return None
    return FIRST_ROUND if rounds == 0 else NEXT_ROUND
