"""What must be true after everything was killed over and over. Each check looks at all rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from faults.checks import (
    boxes,
    clocks,
    events,
    following,
    forms,
    jobs,
    ledger,
    live,
    mails,
    replies,
)
from faults.checks.evidence import Checked, Evidence

CHECKS: Sequence[Callable[[Evidence], Checked]] = (
    ledger.check,
    mails.check,
    boxes.check,
    forms.check,
    replies.check,
    clocks.check,
    events.check,
    following.check,
    jobs.check,
    live.check,
)


def check_all(evidence: Evidence) -> list[Checked]:
    """Look at everything, and return what was looked at and what was found."""
    return [check(evidence) for check in CHECKS]


__all__ = ["Checked", "Evidence", "check_all"]
