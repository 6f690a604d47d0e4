"""Follows the log of all tickets: what happened is indexed a few seconds later.

Nothing waits for it: who writes on a ticket writes nothing here.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from answerable.search.actions.indexing import index_tickets
from answerable.search.models import Progress
from answerable.search.statements import DUE
from answerable.tickets.models import TicketEvent

ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('answerable search'))"
# Lines that are looked at in one go, and again, as some are committed later than newer ones.
AT_ONCE = 20_000
AGAIN = 2_000
MOST_TICKETS = 500


@transaction.atomic
def follow_log() -> bool:
    """Index the tickets of the next lines of the log; return whether there are more lines.

    One process does so at a time; the others have nothing to do.
    """
    with connection.cursor() as cursor:
        cursor.execute(ALONE)
        (is_alone,) = cursor.fetchone() or (False,)
    if not is_alone:
        return False
    progress, _ = Progress.objects.get_or_create(pk=1)
    newest = TicketEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    upto = min(newest, progress.upto + AT_ONCE)
    tickets = _due(progress.upto - AGAIN, upto)
    for first in range(0, len(tickets), MOST_TICKETS):
        index_tickets(tickets[first : first + MOST_TICKETS])
    if upto != progress.upto:
        progress.upto = upto
        progress.save()
    return upto < newest


def _due(after: int, upto: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"after": after, "upto": upto})
        return [ticket for (ticket,) in cursor.fetchall()]
