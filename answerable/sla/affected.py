"""What the next version of a plan would change on open tickets, before it is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerable.entitlements.core.plan import Metric, Terms
from answerable.sla.moving import FIRST, Moved, Mover, Stays
from answerable.tickets.models import Ticket

MOST = 20_000  # who has more open promises than that is told of the first of them
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Affected:
    """A promise under an older version that would be due at another time."""

    ticket: int
    subject: str
    metric: str
    version: int  # its number
    due_at: datetime
    new_due_at: datetime


@dataclass(frozen=True, slots=True)
class Outlook:
    """What moving the open tickets would do: the promises that change, and the others.

    `late` are those that would be late at once, and so keep their time (domain.md E69).
    """

    tickets: int
    promises: int
    looked_at: int
    late: int
    changed: tuple[Affected, ...]

    @property
    def shown(self) -> tuple[Affected, ...]:
        """The first of what changes: who reads on reads the rest on the tickets."""
        return self.changed[:MOST_SHOWN]

    @property
    def hidden(self) -> int:
        """How many more there are."""
        return max(0, len(self.changed) - MOST_SHOWN)

    @property
    def is_cut(self) -> bool:
        """Whether only the first of many were looked at."""
        return self.looked_at < self.promises


def affected_by(terms: Terms, at: datetime, *, most: int = MOST) -> Outlook:
    """Return what moving open tickets to terms as the next version of their plan would do.

    It is worked out as the move itself does (domain.md E28); what is the vendor's own is left
    out. At most so many promises are looked at, by ticket.
    """
    mover = Mover.to_next(terms, at)
    remaining = mover.remaining()
    rows = mover.rows(FIRST, most, held=False) if remaining.clocks else []
    judged = list(zip(rows, mover.moved(rows), strict=True))
    shown = [(row, one) for row, one in judged if row.metric != Metric.TRIAGE]
    changed = [(row, one) for row, one in shown if isinstance(one, Moved) and one.is_affected]
    return Outlook(
        tickets=remaining.tickets,
        promises=remaining.clocks,
        looked_at=len(rows),
        late=sum(one is Stays.LATE for _, one in shown),
        changed=_named([(one, mover.older[row.version].number) for row, one in changed]),
    )


def _named(changed: Sequence[tuple[Moved, int]]) -> tuple[Affected, ...]:
    subjects = dict(
        Ticket.objects.filter(pk__in={one.ticket for one, _ in changed}).values_list(
            "pk", "subject"
        )
    )
    return tuple(
        Affected(
            ticket=one.ticket,
            subject=subjects[one.ticket],
            metric=one.metric,
            version=number,
            due_at=one.before,
            new_due_at=one.due_at,
        )
        for one, number in changed
    )
