"""What is known of the next hour: promises that fall due, and what is worked on beside them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from answerable.forecast.core.running import Job
from answerable.forecast.statements import BESIDE, DUE

USUAL = timedelta(minutes=9)  # where the queue does not say how long a reply takes
MINUTE = timedelta(minutes=1)
MOST = 1000


@dataclass(frozen=True, slots=True)
class Known:
    """A ticket with a promise: when it is due, when work must begin, and who has it."""

    ticket: int
    due_at: datetime
    act_by: datetime
    assignee: int | None
    is_critical: bool
    counts: bool = True

    def job(self, at: datetime, there: Collection[int], *, given: bool = False) -> Job:
        """Return it as the forecast sees it; `given`: somebody who is there takes it over."""
        usual = max(MINUTE, self.due_at - self.act_by)
        is_stuck = self.assignee is not None and self.assignee not in there
        return Job(
            due=(self.due_at - at) / MINUTE,
            act_by=(self.act_by - at) / MINUTE,
            usual=usual / MINUTE,
            counts=self.counts,
            stuck=is_stuck and not given,
            critical=self.is_critical,
        )


def due_within(at: datetime, ends_at: datetime) -> list[Known]:
    """Return the promises that run and fall due from an instant on, up to another, by their
    due times. One query."""
    asks: dict[str, Any] = {"at": at, "ends_at": ends_at, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(DUE, asks)
        return [
            Known(ticket, due_at, act_by or due_at - USUAL, assignee, is_critical)
            for ticket, due_at, _, act_by, assignee, is_critical in cursor.fetchall()
        ]


def beside(due: Sequence[Known], ends_at: datetime) -> list[Known]:
    """Return what else is worked on until then: late tickets, and what is due soon after."""
    named = {one.ticket for one in due}
    with connection.cursor() as cursor:
        cursor.execute(BESIDE, {"ends_at": ends_at, "most": MOST})
        rows = cursor.fetchall()
    found = [
        Known(ticket, due_at, act_by, assignee, is_critical)
        for ticket, due_at, act_by, assignee, is_critical in rows
    ]
    return [replace(one, counts=False) for one in found if one.ticket not in named]
