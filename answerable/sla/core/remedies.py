"""What a vendor owes for the promises it missed, period by period (domain.md c.17). Pure.

Nothing is taken off the list: a miss that qualifies is in its period even where too few of
them have come together for anything to be owed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from answerable.entitlements.core.clauses import Remedy
from answerable.sla.core.counting import Kept, Standing, Tally, tally
from answerable.sla.core.periods import (
    FISCAL_QUARTER,
    TERM,
    Period,
    after,
    month_of,
    quarter_of,
)


class Claim(StrEnum):
    """How the claim to what is owed stands."""

    NOTHING = "nothing"
    CLAIMABLE = "claimable"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What one remedy comes to in one period.

    `percent` is of the support fee of the period, `days` are added to the contract's term.
    `claim_by` is the first instant at which a claim is too late, `answer_by` the one until
    which the vendor answers the last claim; None where the plan sets none.
    """

    remedy: Remedy
    period: Period
    tally: Tally
    misses: tuple[Kept, ...]
    percent: float
    days: float
    claim_by: datetime | None
    answer_by: datetime | None

    @property
    def is_owed(self) -> bool:
        """Whether anything is owed."""
        return self.percent > 0 or self.days > 0

    def claim(self, at: datetime) -> Claim:
        """Return how the claim stands at an instant."""
        if not self.is_owed:
            return Claim.NOTHING
        is_late = self.claim_by is not None and self.claim_by <= at
        return Claim.WAIVED if is_late else Claim.CLAIMABLE


def settle(
    promises: Iterable[Kept], remedy: Remedy, *, zone: tzinfo, term: Period, at: datetime
) -> list[Settlement]:
    """Return what a remedy comes to in each period that has promises of it, oldest first.

    A promise belongs to the period in which it falls due; `term` is the contract's. A promise
    that is still unanswered is over its time by what has passed until `at`.
    """
    found: dict[Period, list[Kept]] = defaultdict(list)
    for promise in promises:
        if _concerns(remedy, promise):
            found[_period(remedy, promise.due_at, zone, term)].append(promise)
    return [
        _settlement(remedy, period, found[period], zone, at)
        for period in sorted(found, key=lambda period: period.begin)
    ]


def _concerns(remedy: Remedy, promise: Kept) -> bool:
    severities = remedy.severities or (promise.severity,)
    return promise.metric in remedy.metrics and promise.severity in severities


def _period(remedy: Remedy, instant: datetime, zone: tzinfo, term: Period) -> Period:
    if remedy.window == TERM:
        return term
    if remedy.window == FISCAL_QUARTER:
        return quarter_of(instant, zone, remedy.fiscal_start)
    return month_of(instant, zone)


def _settlement(
    remedy: Remedy, period: Period, promises: Sequence[Kept], zone: tzinfo, at: datetime
) -> Settlement:
    count = tally(promises)
    missed = [promise for promise in promises if promise.standing == Standing.MISSED]
    percent, days = _owed(remedy, count, missed, at)
    cap = percent if remedy.cap_percent is None else remedy.cap_percent
    claim_by = _later(period.end, remedy.claim_within, zone)
    return Settlement(
        remedy=remedy,
        period=period,
        tally=count,
        misses=tuple(sorted(missed, key=lambda promise: (promise.due_at, promise.clock))),
        percent=min(percent, cap),
        days=days,
        claim_by=claim_by,
        answer_by=_later(claim_by, remedy.answer_within, zone),
    )


def _owed(
    remedy: Remedy, count: Tally, missed: Sequence[Kept], at: datetime
) -> tuple[float, float]:
    """Return the per cent of the fee and the days of term that are owed, before the cap."""
    match remedy.measure:
        case "missed":
            # GitHub counts tickets: two misses on one are one.
            times = int(len({promise.ticket for promise in missed}) > remedy.more_than)
        case "minutes_over":
            times = sum(_units(remedy, promise, at) for promise in missed)
        case _:
            return _band(remedy, count), 0.0
    return remedy.percent * times, remedy.days * times


def _units(remedy: Remedy, promise: Kept, at: datetime) -> int:
    """Return how many whole units a promise is over its time: “for every 15 minutes”."""
    if remedy.per is None:
        return 1
    answered = promise.answered_at or max(at, promise.due_at)
    over = answered - promise.due_at if promise.over is None else promise.over
    return over // remedy.per


def _band(remedy: Remedy, count: Tally) -> float:
    """Return the credit of the lowest band that the share of promises kept lies below.

    What is excused counts neither way here.
    """
    decided = count.met + count.missed
    if not decided:
        return 0.0
    share = count.met / decided
    return max((band.percent for band in remedy.bands if share < band.below), default=0.0)


def _later(instant: datetime | None, within: timedelta | None, zone: tzinfo) -> datetime | None:
    return after(instant, within, zone) if instant and within is not None else None
