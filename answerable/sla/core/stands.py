"""In which state of a ticket a clock stands still, as its plan says. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.entitlements.core.clauses import PauseRule
from answerable.sla.core.metrics import MEASURES

WAITING = "waiting"  # for the customer; what else a ticket may wait for, a hold says


@dataclass(frozen=True, slots=True)
class Stand:
    """What a ticket waits for, and whether a reason and a public message came with it."""

    state: str
    has_reason: bool = True
    was_told: bool = True


def pausing(rules: Sequence[PauseRule], stand: Stand, metric: str) -> PauseRule | None:
    """Return the first rule by which clocks of a metric stand still, or None.

    A rule that names no metric holds for those that may pause. One that needs a reason, or a
    public message, pauses nothing without it.
    """
    for rule in rules:
        named = metric in rule.metrics if rule.metrics else MEASURES[metric].may_pause
        missing = (rule.needs_reason and not stand.has_reason) or (
            rule.needs_message and not stand.was_told
        )
        if named and rule.state == stand.state and not missing:
            return rule
    return None


def ends_at(
    began: datetime, at_most: timedelta | None, until: datetime | None
) -> datetime | None:
    """Return when a pause ends by itself at the latest, or None when it never does."""
    limits = [began + at_most] if at_most is not None else []
    return min([*limits, *([until] if until else [])], default=None)
