"""When a clock is due after its ticket's severity changed, as the plan says (domain.md c.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerable.entitlements.core.plan import Target
from answerable.sla.core.pauses import Pause
from answerable.sla.due import Due, due_of
from answerable.sla.models import Clock

CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Changed:
    """Another row for a clock: when it is due then, and from when that counts."""

    row: Target
    due: Due
    counts_from: datetime


def changed_to(
    clock: Clock, row: Target, severity: str, changed: datetime, pauses: Sequence[Pause] = ()
) -> Changed | None:
    """Return how a clock stands under the row of another severity, or None when it stays.

    It counts from the start or from the change. Of an upgrade the stricter of both deadlines
    holds (domain.md E41).
    """
    up = is_upgrade(clock, severity)
    policy = clock.plan_version.terms.reclassification
    basis = policy.upgrade_from if up else policy.downgrade_from
    since = changed if basis == CHANGE else clock.started_at
    due = due_of(clock.plan_version.terms, row.key, clock.metric, since, pauses)
    return None if up and due.at >= clock.due_at else Changed(row, due, since)


def is_upgrade(clock: Clock, severity: str) -> bool:
    """Say whether a severity is worse than the one that a clock's row is for."""
    terms = clock.plan_version.terms
    before = terms.target(clock.target).severity or clock.ticket.severity
    return terms.rank(severity) < terms.rank(before)
