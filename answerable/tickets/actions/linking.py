"""Links tickets that have to do with each other, and unlinks them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Ticket, TicketEvent, TicketLink


class CannotLink(Exception):
    """A ticket is not linked with itself."""


@transaction.atomic
def link(ticket: Ticket, other: Ticket, *, agent: Agent, at: datetime) -> bool:
    """Link two tickets, with a line in both; say whether they were not yet. Raises CannotLink.

    No promise depends on it, and no customer sees it.
    """
    one, two = _held(ticket, other)
    _link, is_new = TicketLink.objects.get_or_create(
        one=one, other=two, defaults={"agent": agent, "at": at}
    )
    if is_new:
        _tell(Verb.LINKED, one, two, agent, at)
    return is_new


@transaction.atomic
def unlink(ticket: Ticket, other: Ticket, *, agent: Agent, at: datetime) -> bool:
    """Unlink two tickets; say whether they were linked. Raises CannotLink."""
    one, two = _held(ticket, other)
    gone, _rows = TicketLink.objects.filter(one=one, other=two).delete()
    if gone:
        _tell(Verb.UNLINKED, one, two, agent, at)
    return bool(gone)


def _held(ticket: Ticket, other: Ticket) -> tuple[Ticket, Ticket]:
    if ticket.pk == other.pk:
        raise CannotLink
    one, two = sorted((ticket, other), key=lambda each: each.pk)
    return hold(one), hold(two)


def _tell(verb: Verb, one: Ticket, two: Ticket, agent: Agent, at: datetime) -> None:
    record(
        TicketEvent(ticket=one, verb=verb, agent=agent, at=at, data={"to": two.pk}),
        TicketEvent(ticket=two, verb=verb, agent=agent, at=at, data={"to": one.pk}),
    )
