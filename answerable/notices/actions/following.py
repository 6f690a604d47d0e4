"""Follows the log of all tickets, and tells people of what they must know or want to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from answerable.notices.actions.ruling import FOLLOWS, follow_by_rules
from answerable.notices.actions.steps import keep_steps
from answerable.notices.actions.teams import tell_receivers_of
from answerable.notices.actions.telling import tell
from answerable.notices.actions.tiding import HEARD as TOLD_CUSTOMERS
from answerable.notices.actions.tiding import tell_customers_of
from answerable.notices.happening import CHANGES, FOLLOWED, MUST_KNOW, happenings
from answerable.tickets.actions import following
from answerable.tickets.actions.following import Follower, follow
from answerable.tickets.following import Line
from answerable.tickets.models import TicketEvent

NAME = "notices"
# A first start tells of the last minutes only.
BEGINS = timedelta(minutes=10)
HEARD = frozenset({*MUST_KNOW, *CHANGES, *FOLLOWED, *TOLD_CUSTOMERS, FOLLOWS})
# Whether this transaction is the one that tells now; others have nothing to do.
is_alone = partial(following.is_alone, NAME)


def follow_log(*, at: datetime) -> bool:
    """Tell people of the next lines of the log; return whether there are more."""
    return follow(FOLLOWER, at=at)


def _take(lines: Sequence[Line], at: datetime) -> None:
    rows = TicketEvent.objects.filter(pk__in=[line.number for line in lines]).order_by("pk")
    events = list(rows.select_related("ticket__queue_entry", "ticket__customer", "message"))
    follow_by_rules(events, at=at)
    keep_steps(events, at=at)
    tell(happenings(events), at=at)
    tell_receivers_of(events, at=at)
    tell_customers_of(events, at=at)


def _begins(at: datetime) -> int:
    before = TicketEvent.objects.filter(at__lt=at - BEGINS).order_by("-pk")
    return before.values_list("pk", flat=True).first() or 0


FOLLOWER = Follower(
    name=NAME, take=_take, at_once=500, span=1_000, hears=lambda: HEARD, begins=_begins
)
