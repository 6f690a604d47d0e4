"""Missed promises, with who excused them, who objected, and what was said of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from answerable.sla.models import Appeal, Clock, Comment, Excuse

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
    comments = Comment.objects.select_related("agent")
    found = clocks.select_related("ticket__customer").prefetch_related(
        Prefetch("excuses", excuses.order_by("-pk"), to_attr="newest_excuses"),
        Prefetch("comments", comments.order_by("-pk"), to_attr="newest_comments"),
    )
    for clock in found.iterator(chunk_size=AT_ONCE):
        excuse: list[Excuse] = getattr(clock, "newest_excuses", [])
        comment: list[Comment] = getattr(clock, "newest_comments", [])
        yield Said(clock, next(iter(excuse), None), next(iter(comment), None))


def appeals_waiting() -> QuerySet[Appeal]:
    """Return the appeals that nobody has decided, oldest first, with their tickets."""
    found = Appeal.objects.waiting().select_related(
        "excuse__clock__ticket__customer", "excuse__agent", "contact"
    )
    return found.order_by("at")
