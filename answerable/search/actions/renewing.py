"""Makes documents anew that are from before the index had all that it has now."""

from __future__ import annotations

from django.db import transaction

from answerable.search.actions.following import FOLLOWER
from answerable.search.actions.indexing import index_tickets
from answerable.search.models import Document
from answerable.tickets.actions.following import is_alone

MOST_AT_ONCE = 200


@transaction.atomic
def renew_documents() -> bool:
    """Index the newest tickets anew whose documents are old; return whether there may be more.

    One process at a time does so, while it does not follow the log.
    """
    if not is_alone(FOLLOWER.name):
        return False
    old = (
        Document.objects.filter(pairs=None).order_by("-ticket").values_list("ticket", flat=True)
    )
    tickets = list(old[:MOST_AT_ONCE])
    index_tickets(tickets)
    return len(tickets) == MOST_AT_ONCE
