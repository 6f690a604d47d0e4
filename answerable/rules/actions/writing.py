"""Writes to a customer for a rule: a notice, which counts as no reply, never to a machine."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from answerable.channels.email.machines import wrote_by_machine
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.queries import has_too_many
from answerable.macros.core.gaps import filled, gaps_in
from answerable.macros.models import Macro
from answerable.macros.queries import text_in
from answerable.sla.words import product_word
from answerable.tickets.actions.noting import add_notice
from answerable.tickets.models import Message, Ticket, TicketEvent

WITHIN = timedelta(hours=1)
MOST_TO_ONE = 20  # as many as a person is sent acknowledgements in an hour
MOST_ON_TICKET = 3


class NotWritten(Exception):
    """A customer is not written to; the text says why, by a code of the room's words."""


def tell_customer(ticket: Ticket, macro: str, *, rule: int, at: datetime) -> Message:
    """Say to a customer what a macro says, in their language. Raises NotWritten.

    Nobody is written to who is not known, whose last words came from a machine or from an
    address that is not verified, or who was written to often within the hour.
    """
    _check(ticket, at)
    body = _body(ticket, macro)
    return add_notice(
        ticket,
        sender=settings.ANSWERABLE_VENDOR,
        body=body,
        data={"by": "rule", "rule": rule},
        at=at,
    )


def _check(ticket: Ticket, at: datetime) -> None:
    person = ticket.requester
    if ticket.state == Ticket.State.REVIEW:
        raise NotWritten("review")
    if person is None or person.left_at:
        raise NotWritten("unknown_sender")
    said = ticket.messages.filter(kind=Message.Kind.MESSAGE).order_by("-pk").first()
    if said is not None and not said.verified:
        raise NotWritten("unverified")
    if said is not None and wrote_by_machine(said):
        raise NotWritten("machine")
    if has_too_many(ticket, at) or _is_often(ticket, person.email, at):
        raise NotWritten("often")


def _is_often(ticket: Ticket, address: str, at: datetime) -> bool:
    lately = OutgoingMail.objects.filter(
        to=address, kind=OutgoingMail.Kind.NOTICE, created_at__gt=at - WITHIN
    )
    said = TicketEvent.objects.filter(
        ticket=ticket, verb=TicketEvent.Verb.NOTICED, at__gt=at - WITHIN, data__by="rule"
    )
    return lately.count() >= MOST_TO_ONE or said.count() >= MOST_ON_TICKET


def _body(ticket: Ticket, number: str) -> str:
    macro = Macro.objects.offered().filter(pk=number).first() if number.isdecimal() else None
    text = text_in(macro, ticket.language) if macro else None
    if text is None:
        raise NotWritten("gone")
    body = filled(text.body, _known(ticket))
    if gaps_in(body):
        raise NotWritten("gaps")
    return body


def _known(ticket: Ticket) -> dict[str, str]:
    """Return what fills the gaps of a text that no agent looks through."""
    person = ticket.requester.name if ticket.requester else ticket.sender_name
    return {
        "agent": settings.ANSWERABLE_VENDOR,
        "person": person,
        "customer": ticket.customer.name if ticket.customer else "",
        "product": product_word(ticket.product) if ticket.product else "",
        "ticket.number": str(ticket.pk),
        "ticket.subject": ticket.subject,
    }
