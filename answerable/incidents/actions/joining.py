"""An incident affects somebody: they follow it, and what they asked about it is linked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Contact
from answerable.incidents.actions.following import follow
from answerable.incidents.actions.linking import link_own
from answerable.incidents.core.matching import fit, stems
from answerable.incidents.models import Follower, Incident
from answerable.tickets.models import Ticket

MOST_COMPARED = 50


@transaction.atomic
def say_affected(
    incident: Incident, contact: Contact, *, source: str, at: datetime
) -> Follower:
    """Let somebody whom an incident affects follow it, and link the open request of their own
    whose words speak of it most. No request is made.

    Whoever calls this has asked whether they may (`queries.open_to`).
    """
    follower = follow(incident, contact, source=source, at=at, is_affected=True)
    ticket = _speaking_of(incident, contact)
    if ticket:
        link_own(incident, ticket, at=at)
    return follower


def _speaking_of(incident: Incident, contact: Contact) -> Ticket | None:
    """Return the open request of a contact that has most words in common with an incident, the
    newest of those that have as many; None where none has any."""
    mine = Ticket.objects.filter(requester=contact).exclude(state=Ticket.State.RESOLVED)
    said = stems(incident.title, *incident.said.values())
    best, most = None, 0
    for ticket in mine.prefetch_related("messages").order_by("-pk")[:MOST_COMPARED]:
        first = min(ticket.messages.all(), key=lambda one: one.pk)
        common = fit(stems(ticket.subject, first.body), said, same_product=False)
        if common > most:
            best, most = ticket, common
    return best
