"""Follows the log of all tickets, and tells people of what they must know or want to.

Nothing waits for it: who writes on a ticket writes nothing here. Each line is taken once, in
the transaction that notes how far the log was followed.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q

from answerable.notices.actions.steps import keep_steps
from answerable.notices.actions.teams import tell_receivers_of
from answerable.notices.actions.telling import tell
from answerable.notices.actions.tiding import HEARD as TOLD_CUSTOMERS
from answerable.notices.actions.tiding import tell_customers_of
from answerable.notices.happening import CHANGES, FOLLOWED, MUST_KNOW, happenings
from answerable.notices.models import Following
from answerable.tickets.models import TicketEvent

log = logging.getLogger(__name__)

ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('answerable notices'))"
AT_ONCE = 500
# Numbers that were left out are looked for among so many; what failed never comes.
LATEST_GAPS = 5000
# A first start tells of the last minutes only.
BEGINS = timedelta(minutes=10)
HEARD = {*MUST_KNOW, *CHANGES, *FOLLOWED, *TOLD_CUSTOMERS}


def is_alone() -> bool:
    """Return whether this transaction is the one that tells now; others have nothing to do."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE)
        (alone,) = cursor.fetchone() or (False,)
    return bool(alone)


@transaction.atomic
def follow_log(*, at: datetime) -> bool:
    """Tell people of the next lines of the log; return whether there are more."""
    if not is_alone():
        return False
    following = Following.objects.first() or _begun(at)
    lines = TicketEvent.objects.filter(Q(pk__gt=following.upto) | Q(pk__in=following.gaps))
    found = list(lines.order_by("pk").values_list("pk", "verb")[:AT_ONCE])
    if not found:
        return False
    _tell_of_all([number for number, verb in found if verb in HEARD], at)
    _go_on(following, [number for number, _verb in found])
    return len(found) == AT_ONCE


def _tell_of_all(numbers: Sequence[int], at: datetime) -> None:
    """Tell people of lines. One that nobody can make sense of stops none of the others."""
    try:
        with transaction.atomic():
            _tell_of(numbers, at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("Lines of the log could not be told of together.")
        for number in numbers:
            _tell_of_one(number, at)


def _tell_of_one(number: int, at: datetime) -> None:
    try:
        with transaction.atomic():
            _tell_of([number], at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("Nobody was told of line %s of the log.", number)


def _tell_of(numbers: Sequence[int], at: datetime) -> None:
    if not numbers:
        return
    rows = TicketEvent.objects.filter(pk__in=numbers).order_by("pk")
    events = list(rows.select_related("ticket__queue_entry", "ticket__customer", "message"))
    keep_steps(events, at=at)
    tell(happenings(events), at=at)
    tell_receivers_of(events, at=at)
    tell_customers_of(events, at=at)


def _go_on(following: Following, found: Sequence[int]) -> None:
    newest = max(following.upto, *found)
    between = set(range(max(following.upto + 1, newest - LATEST_GAPS), newest + 1))
    gaps = (set(following.gaps) | between) - set(found)
    following.gaps = sorted(number for number in gaps if number > newest - LATEST_GAPS)
    following.upto = newest
    following.save(update_fields=["upto", "gaps"])


def _begun(at: datetime) -> Following:
    before = TicketEvent.objects.filter(at__lt=at - BEGINS).order_by("-pk")
    upto = before.values_list("pk", flat=True).first() or 0
    return Following.objects.create(upto=upto)
