"""Sends a request that somebody filled in, once: on whichever page they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from answerable.accounts.models import Contact
from answerable.entitlements.core.severities import FORM, form_for
from answerable.files.actions import Waiting
from answerable.intake.asked import Asking
from answerable.intake.forms import RequestForm
from answerable.tickets.actions import (
    Opening,
    Sender,
    add_message,
    ask_to_endorse,
    attach_waiting,
    open_ticket,
)
from answerable.tickets.actions.filing import set_fields
from answerable.tickets.actions.submitting import Submitted, add_submitted
from answerable.tickets.models import Message, Ticket

# The same text again within this time is taken for the same request, until its sender says not.
SAME_WITHIN = timedelta(minutes=10)


class Wish(StrEnum):
    """What is to be done where a contact sent the same text lately."""

    ASK = ""
    ADD = "add"
    AS_NEW = "as_new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A request to be sent: whose, what its form says, the files beside it.

    The form has been found complete.
    """

    person: Contact
    form: RequestForm
    asking: Asking
    files: Waiting
    wish: Wish = Wish.ASK

    @property
    def submission(self) -> str:
        """What is the same for each press of one person's form."""
        return f"{self.person.pk}-{self.form.cleaned_data['submission'] or ''}".rstrip("-")


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it: the request, or the one from before that its sender must decide on."""

    ticket: Ticket
    message: Message | None = None  # what was added to a request that there was
    is_asked: bool = False


def send(sending: Sending, *, at: datetime) -> Sent:
    """Send a request, or add it to the one that said the same; another press changes nothing.

    `at` is when we received it, from which promises run.
    """
    ticket = sent_as(sending.submission)
    if ticket:
        return Sent(ticket)
    body = sending.form.cleaned_data["body"]
    before = same_before(sending.person, body, since=at - SAME_WITHIN)
    # Another press of this very form may have been stored just now: it is no other request.
    if before and before.submission != sending.submission and sending.wish != Wish.AS_NEW:
        if sending.wish == Wish.ASK:
            return Sent(before, is_asked=True)
        message = add(sending.person, before, body, sending.files, at=at)
        return Sent(message.ticket, message)
    with transaction.atomic():
        ticket = open_ticket(_opening(sending), at=at)
        attach_waiting(ticket.messages.earliest("pk"), sending.files)
        if entered := sending.form.entered:
            set_fields(ticket, entered, agent=None, contact=sending.person, at=at)
        confirmers = sending.form.asked_to_confirm
        ask_to_endorse(ticket, confirmers, contact=sending.person, at=at)
    return Sent(ticket)


def add(person: Contact, ticket: Ticket, body: str, files: Waiting, *, at: datetime) -> Message:
    """Add to a request what a contact wrote in a form, with its files."""
    sender = Sender(contact=person, channel=Ticket.Channel.FORM)
    with transaction.atomic():
        message = add_message(ticket, sender=sender, body=body, at=at)
        attach_waiting(message, files)
    return message


def add_once(
    person: Contact, ticket: Ticket, body: str, files: Waiting, *, token: str, at: datetime
) -> Message:
    """Add to a request what a contact's page sends; the same token again changes nothing."""
    sender = Sender(contact=person, channel=Ticket.Channel.FORM)
    said = Submitted(sender=sender, contact=person, body=body, token=token, files=files)
    return add_submitted(ticket, said, at=at)


def _opening(sending: Sending) -> Opening:
    form, terms = sending.form, sending.asking.terms
    facts, said = form.cleaned_data, form.said
    return Opening(
        sender=Sender(contact=sending.person),
        body=facts["body"],
        channel=form_for(terms, said.severity) if said and terms else FORM,
        surface=sending.asking.asked.surface,
        language=facts["language"],
        impact=form.claimed,
        said=said,
        product=sending.asking.asked.about_product,
        environment=sending.asking.asked.environment,
        is_private=facts["private"],
        submission=sending.submission if facts["submission"] else None,
    )


def sent_as(submission: str) -> Ticket | None:
    """Return the request that this very form made, if it was sent already."""
    return Ticket.objects.filter(submission=submission).first()


def same_before(contact: Contact, body: str, *, since: datetime) -> Ticket | None:
    """Return the newest request in which a contact sent the same text since an instant."""
    said = Message.objects.filter(contact=contact, body=body, written_at__gte=since)
    found = said.filter(kind=Message.Kind.MESSAGE, ticket__created_at__gte=since)
    newest = found.select_related("ticket").order_by("-pk").first()
    return newest.ticket if newest else None


def said_before(contact: Contact, ticket: Ticket, body: str, *, since: datetime) -> bool:
    """Say whether a contact wrote the same on a request since an instant."""
    said = Message.objects.filter(ticket=ticket, contact=contact, written_at__gte=since)
    return said.filter(body=body).exists()
