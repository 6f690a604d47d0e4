"""Quiet hours: when a person is left in peace, by how serious a ticket is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum


class For(StrEnum):
    """Which tickets quiet hours hold for."""

    NONE = "none"
    STANDARD = "standard"  # all that are not business-critical
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when to when, on a wall clock, and on which whole days (Monday is 0)."""

    begins: time = time(19)
    ends: time = time(7)
    days: frozenset[int] = frozenset()
    holds_for: For = For.NONE


def is_quiet(quiet: Quiet, local: datetime, *, is_critical: bool) -> bool:
    """Return whether quiet hours hold at an instant on the person's wall clock.

    Hours that begin after they end go over midnight; those that begin as they end are none.
    """
    if quiet.holds_for == For.NONE or (is_critical and quiet.holds_for == For.STANDARD):
        return False
    if local.weekday() in quiet.days:
        return True
    clock = local.time()
    if quiet.begins <= quiet.ends:
        return quiet.begins <= clock < quiet.ends
    return clock >= quiet.begins or clock < quiet.ends
