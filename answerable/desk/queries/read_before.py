"""Which articles somebody came from when they wrote a ticket, and what they had searched."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from answerable.knowledge.models import ReadBefore
from answerable.tickets.models import Ticket

HAS_READ = Exists(ReadBefore.objects.filter(ticket=OuterRef("pk")))


def read_before(ticket: Ticket) -> list[ReadBefore]:
    """Return what was read before a ticket; ticket_for asked along whether anything was."""
    if not getattr(ticket, "has_read", False):
        return []
    found = ReadBefore.objects.filter(ticket=ticket).select_related("version__text")
    return list(found.defer("version__body").order_by("pk"))
