"""What pages read of surveys."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Contact
from answerable.surveys.models import Refusal, Survey, SurveyQuerySet
from answerable.tickets.models import Ticket

MOST_SHOWN = 3


def survey_on(ticket: Ticket, contact: Contact, at: datetime) -> Survey | None:
    """Return what a contact is asked about a request, while they may answer: while it stays
    resolved, the newest question. One query."""
    if ticket.state != Ticket.State.RESOLVED or ticket.merged_into_id:
        return None
    return _open(contact, at).filter(ticket=ticket).order_by("-pk").first()


def asked_of(contact: Contact, at: datetime) -> list[Survey]:
    """Return what a contact is asked and has not answered, the newest first. One query."""
    resolved = _open(contact, at).filter(
        answer=None, ticket__state=Ticket.State.RESOLVED, ticket__merged_into=None
    )
    return list(resolved.select_related("ticket").order_by("-asked_at")[:MOST_SHOWN])


def wants_questions(contact: Contact) -> bool:
    """Say whether somebody may be asked at all."""
    return not Refusal.objects.filter(contact=contact).exists()


def _open(contact: Contact, at: datetime) -> SurveyQuerySet:
    return Survey.objects.open_at(at).filter(contact=contact)
