"""Why is it due then? The due time as steps that can be added up. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.sla.core.hours import Span
from answerable.sla.core.pauses import Pause


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch from the start to the due time: counted, closed, or paused."""

    begin: datetime
    end: datetime
    counted: bool
    paused: bool = False

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


def with_pauses(steps: Sequence[Stretch], pauses: Sequence[Pause]) -> list[Stretch]:
    """Return the stretches with the pauses cut out of them: what is paused is not counted.

    Pauses are in order and do not overlap; one without an end goes on to the end of the steps.
    """
    cut: list[Stretch] = []
    for step in steps:
        reached = step.begin
        for pause in pauses:
            begin = max(reached, pause.begin)
            end = min(step.end, pause.end or step.end)
            if begin >= end:
                continue
            if begin > reached:
                cut.append(Stretch(reached, begin, step.counted))
            cut.append(Stretch(begin, end, counted=False, paused=True))
            reached = end
        if reached < step.end:
            cut.append(Stretch(reached, step.end, step.counted))
    return list(_joined(cut))


def _joined(steps: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield paused stretches that touch as one: a night in a pause needs no line of its own."""
    waiting: Stretch | None = None
    for step in steps:
        if waiting and step.paused and waiting.end == step.begin:
            waiting = Stretch(waiting.begin, step.end, counted=False, paused=True)
            continue
        if waiting:
            yield waiting
        waiting = step if step.paused else None
        if not step.paused:
            yield step
    if waiting:
        yield waiting
