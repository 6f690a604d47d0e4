"""What every action on a ticket needs: checked text, and the ticket's row held."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from answerable.accounts.models import Contact
from answerable.lib.ready import Given, Ready
from answerable.tickets.models import Ticket
from answerable.tickets.text import clean, first_line

LONGEST = 10_000
LONGEST_MAIL = 200_000
HELD = Ready(lambda: Ticket.objects.select_for_update(no_key=True).filter(pk=Given("pk")))


class TooLong(Exception):
    """A text has more characters than may be sent."""


class Empty(Exception):
    """A text says nothing."""


class OtherCustomer(Exception):
    """This belongs to another customer."""


class ReasonMissing(Exception):
    """This needs a reason."""


def checked(body: str, longest: int) -> str:
    """Return a text as it is kept. Raises Empty or TooLong; both leave it with its writer."""
    body = clean(body)
    if not body.strip():
        raise Empty
    if len(body) > longest:
        raise TooLong(str(len(body)))
    return body


def hold(ticket: Ticket) -> Ticket:
    """Return the ticket with its row locked until the transaction ends.

    Not FOR UPDATE: that would make the watch wait, whose lines in the log point at the ticket
    while it holds the clock that the holder of the ticket may need next. Nothing is joined:
    who had to wait for the row would get it as it is now, with its neighbours as they were.
    """
    held = HELD.first(pk=ticket.pk)
    if held is None:
        raise Ticket.DoesNotExist
    return held


def check_customer(ticket: Ticket, contact: Contact) -> None:
    """Raise OtherCustomer unless a contact is one of a ticket's customer."""
    if contact.customer_id != ticket.customer_id:
        raise OtherCustomer


def hold_survivor(ticket: Ticket) -> Ticket:
    """Return the ticket, or the one that it was merged into, with its row locked."""
    there = Ticket.objects.filter(pk=ticket.pk).values(to=Coalesce("merged_into", "pk"))
    return Ticket.objects.select_for_update(no_key=True).get(pk=Subquery(there))


def pages_of(ticket: Ticket) -> list[str]:
    """Return the topics of the pages of customers on which a ticket stands."""
    return [
        f"request-{ticket.pk}",
        f"requests-{ticket.requester_id}",
        f"customer-{ticket.customer_id}",
    ]


def touch(ticket: Ticket, body: str, at: datetime) -> None:
    """Note on a held ticket what was said last."""
    ticket.last_at = at
    ticket.last_line = first_line(body)[:200]
    ticket.save(update_fields=["state", "last_at", "last_line"])
