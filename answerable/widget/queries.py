"""Reads for the widget's views: a contact's requests in short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models.query import Prefetch

from answerable.accounts.models import Contact
from answerable.intake.shown.panel import state_of
from answerable.sla.core.ledger import Outcome
from answerable.sla.models import Clock
from answerable.tickets.models import Message, Ticket, TicketQuerySet

MOST_OPEN, MOST_LISTED = 3, 25
REPLIES = [Clock.Metric.FIRST_RESPONSE, Clock.Metric.NEXT_RESPONSE]
GONE = [Outcome.VOID, Outcome.SUPERSEDED]


@dataclass(frozen=True, slots=True)
class Row:
    """A request in a list: how its promise stands, and who sent it where that is another."""

    ticket: Ticket
    clock: Clock | None
    state: str
    by: str


def open_requests(contact: Contact, at: datetime) -> list[Row]:
    """Return the newest of a contact's own requests that are not closed. Two queries."""
    mine = Ticket.objects.filter(requester=contact).exclude(state=Ticket.State.RESOLVED)
    return _rows(mine.order_by("-last_at", "-pk")[:MOST_OPEN], contact, at)


def newest_requests(contact: Contact, at: datetime) -> list[Row]:
    """Return the newest requests that a contact may see, closed ones too. Two queries."""
    seen = Ticket.objects.of_contact(contact)
    return _rows(seen.order_by("-last_at", "-pk")[:MOST_LISTED], contact, at)


def replies_since(contact: Contact, since: datetime) -> int:
    """Count what agents wrote on a contact's own requests since an instant, and has left."""
    said = Message.objects.filter(ticket__requester=contact, agent__isnull=False)
    return said.filter(kind__in=Message.PUBLIC, leaves_at=None, written_at__gt=since).count()


def visible(contact: Contact, number: object) -> Ticket | None:
    """Return a request that a contact may see, by what was sent as its number; else None."""
    text = str(number)
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        return None
    seen: TicketQuerySet = Ticket.objects.of_contact(contact)
    return seen.select_related("requester", "customer").filter(pk=int(text)).first()


def _rows(tickets: TicketQuerySet, contact: Contact, at: datetime) -> list[Row]:
    clocks = Clock.objects.filter(metric__in=REPLIES).exclude(outcome__in=GONE)
    found = tickets.prefetch_related(
        Prefetch("clocks", clocks.order_by("-pk"), to_attr="replies")
    )
    return [_row(ticket, contact, at) for ticket in found]


def _row(ticket: Ticket, contact: Contact, at: datetime) -> Row:
    held: Sequence[Clock] = getattr(ticket, "replies", ())
    waiting = (clock for clock in held if clock.answered_at is None)
    clock = next(waiting, held[0] if held else None)
    by = "" if ticket.requester_id == contact.pk else ticket.sender_name
    return Row(ticket, clock, state_of(clock, at), by)
