"""Missed promises, with who excused them, who objected, and what was said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Prefetch, QuerySet

from answerable.sla.models import Appeal, Clock, Comment, Excuse

Row = TypeVar("Row")
AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """A promise, the newest excuse for it, whether it stands or not, and the newest comment."""

    clock: Clock
    excuse: Excuse | None
    comment: Comment | None

    @property
    def is_excused(self) -> bool:
        """Whether an excuse stands."""
        return self.excuse is not None and self.excuse.ended_at is None

    @property
    def appeal(self) -> Appeal | None:
        """What was objected to the excuse, if anything was."""
        return getattr(self.excuse, "appeal", None) if self.excuse else None

    @property
    def may_be_appealed(self) -> bool:
        """Whether its customer can still ask for another look."""
        excuse = self.excuse if self.is_excused else None
        return excuse is not None and excuse.appealable and self.appeal is None


def said_of(clocks: QuerySet[Clock]) -> Iterator[Said]:
    """Return these clocks with what was said of them. Three queries for each two thousand."""
    excuses = Excuse.objects.select_related(
        "agent", "message", "appeal__contact", "appeal__decided_by"
    )
    found = clocks.select_related("ticket__customer", "plan_version__plan").prefetch_related(
        Prefetch("excuses", excuses.order_by("pk")),
        Prefetch("comments", Comment.objects.select_related("agent").order_by("pk")),
    )
    for clock in found.iterator(chunk_size=AT_ONCE):
        yield Said(clock, _last(clock.excuses.all()), _last(clock.comments.all()))


def appeals_waiting() -> QuerySet[Appeal]:
    """Return the appeals that nobody has decided, oldest first, with their tickets."""
    found = Appeal.objects.waiting().select_related(
        "excuse__clock__ticket__customer", "excuse__agent", "contact"
    )
    return found.order_by("at")


def _last(rows: Iterable[Row]) -> Row | None:
    return next(reversed(list(rows)), None)
