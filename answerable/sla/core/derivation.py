"""Why is it due then? The due time as steps that can be added up. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.sla.core.hours import Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch from the start to the due time: counted, or closed."""

    begin: datetime
    end: datetime
    counted: bool

    @property
    def length(self) -> timedelta:
        """How much of the allowance it used."""
        return self.end - self.begin if self.counted else timedelta(0)


def stretches(start: datetime, due_at: datetime, open_spans: Sequence[Span]) -> list[Stretch]:
    """Return the time from start to due as counted and closed stretches without gaps.

    The lengths add up to the allowance.
    """
    steps: list[Stretch] = []
    reached = start
    for span in open_spans:
        if span.begin > reached:
            steps.append(Stretch(reached, span.begin, counted=False))
        steps.append(Stretch(span.begin, span.end, counted=True))
        reached = span.end
    if reached < due_at:
        steps.append(Stretch(reached, due_at, counted=False))
    return steps
