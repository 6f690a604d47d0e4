"""Reads bulk replies: what they say on each ticket, how far they are, whom they are for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from answerable.incidents.addresses import status_url
from answerable.incidents.core.bulk import STATUS, said_on, with_status
from answerable.incidents.core.saying import in_language
from answerable.incidents.models import BulkReply, BulkTicket, Incident
from answerable.sla.grace import BY_REPLY
from answerable.sla.models import Clock
from answerable.tickets.core.grace import grace
from answerable.tickets.models import Ticket

WITH_TICKET = ("ticket__requester", "ticket__customer")
OVER = (Ticket.State.RESOLVED, Ticket.State.REVIEW)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a bulk reply's tickets stand how."""

    waiting: int
    sent: int
    changed: int
    left_out: int

    @property
    def total(self) -> int:
        """Those that it is for."""
        return self.waiting + self.sent + self.changed


def progress_of(bulk: BulkReply) -> Progress:
    """Return how far a bulk reply is."""
    rows = bulk.rows.order_by().values_list("state").annotate(count=Count("pk"))
    counts = dict(rows)
    states = ("WAITING", "SENT", "CHANGED", "LEFT_OUT")
    return Progress(*(counts.get(BulkTicket.State[state], 0) for state in states))


def answerable_tickets(incident: Incident) -> QuerySet[Ticket]:
    """Return the tickets of an incident that can be replied to: open, and let in."""
    linked = Ticket.objects.filter(
        incident_links__incident=incident, incident_links__unlinked_at=None
    )
    return linked.filter(merged_into=None).exclude(state__in=OVER)


def text_on(bulk: BulkReply, ticket: Ticket) -> str:
    """Return what a bulk reply says on a ticket, in the ticket's language."""
    text = in_language(bulk.texts, ticket.language)
    with translation.override(_known_language(ticket.language)):
        line = _("How it goes on: {status}").replace("{status}", STATUS)
        return said_on(with_status(text, line), _values(bulk, ticket)) if text else ""


def _known_language(language: str) -> str:
    known = {code for code, _name in settings.LANGUAGES}
    return next((one for one in (language, language.partition("-")[0]) if one in known), "en")


def _values(bulk: BulkReply, ticket: Ticket) -> dict[str, str]:
    requester = ticket.requester
    return {
        "name": requester.name if requester else ticket.sender_name,
        "customer": ticket.customer.name if ticket.customer else "",
        "number": str(ticket.pk),
        "subject": ticket.subject,
        "incident": bulk.incident.words_in(ticket.language),
        "status": status_url(bulk.incident),
        "agent": bulk.agent.name,
        "vendor": settings.ANSWERABLE_VENDOR,
    }


def grace_for(tickets: Iterable[int], at: datetime) -> timedelta:
    """Return for how long a reply to all these tickets may wait, so that none is late."""
    longest = timedelta(seconds=settings.ANSWERABLE_UNDO_SECONDS)
    ahead = Clock.objects.awaited().filter(
        ticket__in=tickets, metric__in=BY_REPLY, due_at__gt=at
    )
    nearest: datetime | None = ahead.aggregate(due=Min("due_at"))["due"]
    return grace(longest, nearest - at if nearest else None)
