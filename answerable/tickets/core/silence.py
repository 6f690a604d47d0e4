"""When a customer who does not answer is reminded, and when their ticket is resolved. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta

REMIND, RESOLVE = "remind", "resolve"
# What is noticed within this time happened at its instant; later, at the instant of notice:
# what says “by Friday” is not dated to last week after a long outage.
PROMPT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a plan says (docs/plans.md, `[silence]`), lengths in seconds of real time."""

    remind_after: float | None = None
    reminders: int = 1
    resolve_after: float | None = None
    reminder: str = ""
    notice: str = ""

    def as_json(self) -> dict[str, object]:
        """Return them as they are stored."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Step:
    """What happens next to a ticket whose customer does not answer, and when."""

    does: str
    at: datetime


def rules_of(stored: Mapping[str, object]) -> Rules:
    """Return rules as they were stored; what is not there has its default."""
    known = {one.name for one in fields(Rules)}
    return Rules(**{name: stored[name] for name in known & set(stored)})  # type: ignore[arg-type]


def next_step(
    rules: Rules, began: datetime, reminded: int, last: datetime | None
) -> Step | None:
    """Return what happens next, or None for nothing.

    `reminded` is how often they were reminded, `last` when that was last. A reminder that came
    late leaves as much time to answer as one that came in time.
    """
    since = last or began
    due = rules.reminders if rules.remind_after else 0
    if rules.remind_after and reminded < due:
        return Step(REMIND, since + timedelta(seconds=rules.remind_after))
    if rules.resolve_after is None:
        return None
    left = rules.resolve_after - due * (rules.remind_after or 0)
    planned = began + timedelta(seconds=rules.resolve_after)
    return Step(RESOLVE, max(planned, since + timedelta(seconds=left)))


def happened(due: datetime, noticed: datetime) -> datetime:
    """Return the instant at which a step counts as done."""
    return due if noticed - due <= PROMPT else noticed
