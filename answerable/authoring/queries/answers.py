"""Answers of a ticket as the beginning of an article: without what tells who asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from answerable.knowledge.core.anonymous import Cleaned, Known, cleaned
from answerable.tickets.models import Message, Participant, Ticket


@dataclass(frozen=True, slots=True)
class Answers:
    """The replies of a ticket, which of them is chosen, and what is left of it."""

    ticket: Ticket
    replies: Sequence[Message]
    chosen: Message
    title: Cleaned
    body: Cleaned


def answers_of(ticket: Ticket, chosen: str) -> Answers | None:
    """Return a ticket's replies; None where nobody has answered. The last one is chosen."""
    replies = list(
        ticket.messages.filter(kind=Message.Kind.REPLY).select_related("agent").order_by("pk")
    )
    if not replies:
        return None
    one = next((reply for reply in replies if str(reply.pk) == chosen), replies[-1])
    known = known_of(ticket)
    return Answers(ticket, replies, one, clean(ticket.subject, known), clean(one.body, known))


def clean(text: str, known: Known) -> Cleaned:
    """Return a text without what tells who its customer is; our own addresses stay."""
    return cleaned(text, known, keep=[f"{settings.ANSWERABLE_URL}/"])


def known_of(ticket: Ticket) -> Known:
    """Return who a ticket tells of: its people, also those in copy, and their company."""
    requester, customer = ticket.requester, ticket.customer
    others = Participant.objects.filter(ticket=ticket).select_related("contact")
    people = [requester.name] if requester else []
    for other in others:
        people += [other.contact.name] if other.contact else []
    people += list(ticket.messages.exclude(sender="").values_list("sender", flat=True))
    if customer:
        people += list(customer.contacts.values_list("name", flat=True))
    return Known(
        people=tuple(dict.fromkeys(people)),
        companies=(customer.name,) if customer else (),
        domains=tuple(customer.domains) if customer else (),
    )
