"""Takes back what an agent did about how a ticket is filed, as the line in its log says it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.tickets.actions.fields import set_fields
from answerable.tickets.actions.held import hold
from answerable.tickets.actions.standing import set_priority, set_status
from answerable.tickets.actions.tagging import tag_ticket, untag_ticket
from answerable.tickets.core.fields import Said, typed
from answerable.tickets.events import Verb
from answerable.tickets.filled import values_of
from answerable.tickets.models import Field, Status, Tag, Ticket, TicketEvent


@transaction.atomic
def take_back_filing(event: TicketEvent, *, agent: Agent, at: datetime) -> None:
    """Let a ticket be filed as before an act, which is every line that it wrote at its instant.

    What was changed again since then stays as it is.
    """
    ticket = hold(event.ticket)
    act = TicketEvent.objects.filter(
        ticket=ticket, agent=event.agent_id, at=event.at, verb__in=BACK
    )
    for line in act.order_by("-pk"):
        BACK[line.verb](ticket, line, agent, at)


def _tagged(ticket: Ticket, line: TicketEvent, agent: Agent, at: datetime) -> None:
    untag_ticket(ticket, _tags(line), agent=agent, at=at)


def _untagged(ticket: Ticket, line: TicketEvent, agent: Agent, at: datetime) -> None:
    tag_ticket(ticket, _tags(line), agent=agent, at=at)


def _tags(line: TicketEvent) -> list[Tag]:
    return list(Tag.objects.in_use().filter(slug__in=line.data["slugs"]))


def _fields_set(ticket: Ticket, line: TicketEvent, agent: Agent, at: datetime) -> None:
    now = values_of(ticket)
    fields = Field.objects.in_bulk([change["field"] for change in line.data["changes"]])
    before: dict[Field, Said] = {
        fields[change["field"]]: change["from"]
        for change in line.data["changes"]
        if typed(now.get(change["field"])) == change["to"]
    }
    set_fields(ticket, before, agent=agent, at=at)


def _priority_set(ticket: Ticket, line: TicketEvent, agent: Agent, at: datetime) -> None:
    if ticket.priority == line.data["to"]:
        set_priority(ticket, line.data["from"], agent=agent, at=at)


def _status_set(ticket: Ticket, line: TicketEvent, agent: Agent, at: datetime) -> None:
    if ticket.state == line.data["state"] and ticket.status_id == line.data["to_id"]:
        before = Status.objects.filter(pk=line.data["from_id"]).first()
        set_status(ticket, before, agent=agent, at=at)


BACK: dict[str, Callable[[Ticket, TicketEvent, Agent, datetime], None]] = {
    Verb.TAGGED: _tagged,
    Verb.UNTAGGED: _untagged,
    Verb.FIELDS_SET: _fields_set,
    Verb.PRIORITY_SET: _priority_set,
    Verb.STATUS_SET: _status_set,
}
