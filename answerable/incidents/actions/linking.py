"""Links tickets to an incident, and takes them off it; the ticket's log has a line of each."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.incidents.actions.following import follow_by_request
from answerable.incidents.actions.held import tell_pages
from answerable.incidents.models import Incident, IncidentTicket
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Ticket, TicketEvent


@transaction.atomic
def link(incident: Incident, ticket: Ticket, *, agent: Agent, at: datetime) -> IncidentTicket:
    """Link a ticket to an incident, and to no other one any more.

    Whom it is from follows the incident from then on. Linked already, it stays as it is.
    """
    return _link(incident, ticket, agent, at)


@transaction.atomic
def link_own(incident: Incident, ticket: Ticket, *, at: datetime) -> IncidentTicket:
    """Link a ticket to an incident, as its requester says; a link that there is stays."""
    return _link(incident, ticket, None, at)


def _link(
    incident: Incident, ticket: Ticket, agent: Agent | None, at: datetime
) -> IncidentTicket:
    ticket = _held(ticket)
    there = ticket.incident_links.filter(unlinked_at=None).select_related("incident").first()
    if there and (agent is None or there.incident_id == incident.pk):
        return there
    if there and agent:
        _end(there, agent, at)
    made = IncidentTicket.objects.create(
        incident=incident, ticket=ticket, linked_by=agent, linked_at=at
    )
    if ticket.requester:
        follow_by_request(incident, ticket.requester, at=at)
    record(_line(Verb.INCIDENT_LINKED, made, agent, at))
    tell_pages(incident, shown=False)
    return made


@transaction.atomic
def unlink(ticket: Ticket, *, agent: Agent, at: datetime) -> IncidentTicket | None:
    """Take a ticket off its incident, and return the link that ended, or None."""
    ticket = _held(ticket)
    there = ticket.incident_links.filter(unlinked_at=None).select_related("incident").first()
    if there:
        _end(there, agent, at)
    return there


def _held(ticket: Ticket) -> Ticket:
    """Return the ticket with its row locked, so that of two links at once one comes later."""
    return Ticket.objects.select_for_update(no_key=True).get(pk=ticket.pk)


def _end(link: IncidentTicket, agent: Agent, at: datetime) -> None:
    link.unlinked_by, link.unlinked_at = agent, at
    link.save(update_fields=["unlinked_by", "unlinked_at"])
    record(_line(Verb.INCIDENT_UNLINKED, link, agent, at))
    tell_pages(link.incident, shown=False)


def _line(verb: Verb, link: IncidentTicket, agent: Agent | None, at: datetime) -> TicketEvent:
    data = {"incident": link.incident_id, "title": link.incident.title}
    line = TicketEvent(ticket=link.ticket, verb=verb, agent=agent, at=at, data=data)
    if agent is None:
        line.contact = link.ticket.requester
    return line
