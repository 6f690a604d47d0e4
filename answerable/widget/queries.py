"""Reads for the widget's views: a contact's requests in short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import get_current_timezone

from answerable.accounts.models import Contact
from answerable.intake.confirming import to_confirm
from answerable.intake.known import known_to
from answerable.intake.shown.panel import state_of
from answerable.sla.core.ledger import Outcome
from answerable.sla.models import Clock
from answerable.surveys.queries import asked_of
from answerable.tickets.access import seen_by
from answerable.tickets.models import Endorsement, Message, Ticket

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


def first_view(person: Contact | None, at: datetime) -> dict[str, object]:
    """Return what the first view shows of somebody: who they are, what they wait for, what
    colleagues ask them to confirm, and what we know is wrong."""
    known = known_to(person, at, get_current_timezone())
    if person is None:
        return {"me": None, "known": known}
    asked = list(to_confirm(person)[:MOST_OPEN])
    facts = {
        "open": open_requests(person, at),
        "to_confirm": asked,
        "surveys": asked_of(person, at),
    }
    return {"me": person, "known": known} | facts


def open_requests(contact: Contact, at: datetime) -> list[Row]:
    """Return the newest of a contact's own requests that are not closed. Two queries."""
    mine = Ticket.objects.filter(requester=contact, is_unsent=False).unresolved()
    return _rows(mine.order_by("-last_at", "-pk")[:MOST_OPEN], contact, at)


def newest_requests(contact: Contact, at: datetime) -> list[Row]:
    """Return the newest requests that a contact may see, closed ones too. Two queries."""
    return _rows(seen_by(contact).order_by("-last_at", "-pk")[:MOST_LISTED], contact, at)


def replies_since(contact: Contact, since: datetime) -> int:
    """Count what agents wrote on a contact's own requests since an instant, and has left."""
    said = Message.objects.filter(ticket__requester=contact, agent__isnull=False)
    return said.filter(kind__in=Message.PUBLIC, leaves_at=None, written_at__gt=since).count()


def visible(contact: Contact, number: str) -> Ticket | None:
    """Return a request that a contact may see, by what was sent as its number; else None."""
    seen = seen_by(contact)
    return seen.select_related("requester", "customer").filter(pk=_key(number)).first()


def to_confirm_by(contact: Contact, number: str) -> Endorsement | None:
    """Return what a colleague asks a contact to confirm, by its request's number; else None."""
    return to_confirm(contact).filter(ticket=_key(number)).first()


def _key(number: str) -> int:
    """Return a number that was sent, 0 for what is none."""
    is_one = number.isascii() and number.isdigit() and len(number) <= 18
    return int(number) if is_one else 0


def _rows(tickets: QuerySet[Ticket], contact: Contact, at: datetime) -> list[Row]:
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
