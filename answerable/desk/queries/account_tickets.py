"""The other tickets of an account: those that are open, and pages of those that are done."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.lib.paging import Page, page_of
from answerable.routing.models import QueueEntry
from answerable.tickets.models import Ticket

SHOWN = 5
MOST_OPEN = 20


@dataclass(frozen=True, slots=True)
class OpenTickets:
    """Some of the open tickets of an account, and how many others there are."""

    tickets: list[Ticket]
    count: str

    @property
    def more(self) -> str:
        """How many are not listed: “3”, “15+”, or nothing."""
        more = int(self.count.rstrip("+")) - len(self.tickets)
        return f"{more}+" if self.count.endswith("+") else str(more or "")


PastTickets = Page[Ticket]


def open_of(ticket: Ticket) -> OpenTickets:
    """Return the other open tickets of a ticket's account, the newest first."""
    entries = QueueEntry.objects.filter(customer=ticket.customer_id).exclude(ticket=ticket)
    light = entries.select_related("ticket").only("band", "ticket__subject")
    found = list(light.order_by("-ticket_id")[:MOST_OPEN])
    count = str(len(found)) if len(found) < MOST_OPEN else f"{MOST_OPEN}+"
    return OpenTickets([entry.ticket for entry in found[:SHOWN]], count)


def past_of(ticket: Ticket, asked: str) -> PastTickets:
    """Return a page of the account's tickets that are done, what was resolved last first."""
    done = Ticket.objects.filter(customer=ticket.customer_id, state=Ticket.State.RESOLVED)
    others = done.exclude(pk=ticket.pk).only("subject", "last_at", "merged_into")
    return page_of(others.order_by("-last_at", "-pk"), asked, size=SHOWN)
