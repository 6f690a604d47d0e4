"""The offer cards of an agent: one query, and one more for cards that went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from answerable.accounts.models import Agent
from answerable.desk.words import first_name, min_left
from answerable.lib import times
from answerable.routing.queries import offers_to
from answerable.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Card:
    """One card: what is offered and how long there is, or who took it."""

    ticket: Ticket
    due: str = ""
    left: str = ""
    taken_by: str = ""

    @property
    def account(self) -> str:
        """Whose ticket it is."""
        return self.ticket.customer.name if self.ticket.customer else self.ticket.sender_name


def offer_cards(agent: Agent, *, have: Sequence[int], at: datetime, zone: tzinfo) -> list[Card]:
    """Return the cards of an agent; of those in `have` that went, who took the ticket."""
    cards = [_card(ticket, due, at, zone) for ticket, due in offers_to(agent).items()]
    gone = set(have) - {card.ticket.pk for card in cards}
    if not gone:
        return cards
    others = Ticket.objects.filter(pk__in=gone).exclude(assignee=None).exclude(assignee=agent)
    return cards + [
        Card(ticket, taken_by=first_name(ticket.assignee.name))
        for ticket in others.select_related("assignee", "customer")
        if ticket.assignee
    ]


def _card(ticket: Ticket, due: datetime | None, at: datetime, zone: tzinfo) -> Card:
    if due is None:
        return Card(ticket)
    return Card(ticket, times.moment(due, at, zone), min_left(due, at))
