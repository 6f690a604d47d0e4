"""What an agent reads before a ticket is made somebody else's: who is meant, what it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Contact
from answerable.search.people import people_named
from answerable.tickets.actions import belonging
from answerable.tickets.models import Attachment, Message, Ticket

MOST = 10
TROUBLES: dict[str, Promise] = {
    belonging.REVIEW: gettext_lazy("Let it in first: then it is somebody's."),
    belonging.SAME: gettext_lazy("It is theirs already. Select somebody else."),
    belonging.LEFT: gettext_lazy("They left their company. Select somebody else."),
    belonging.MERGED: gettext_lazy("It is merged with another ticket. Part them first."),
    belonging.CALL: gettext_lazy("Somebody waits to be called. Call them, or cancel it first."),
    belonging.LEAVING: gettext_lazy(
        "A reply is about to leave. Wait until it has left, or take it back."
    ),
    belonging.PREPARED: gettext_lazy("A reply waits to be sent. Call it off first."),
}
TALKING = gettext_lazy("Somebody talks to the customer now. End the chat or the call first.")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the people of another customer would read from then on, and who no longer does."""

    messages: int
    files: int
    before: Sequence[str]


def people_found(ticket: Ticket, words: str) -> list[Contact]:
    """Return whose a ticket may be: colleagues of who asks, or whoever the words fit."""
    people = Contact.objects.filter(left_at=None).select_related("customer")
    if ticket.requester_id:
        people = people.exclude(pk=ticket.requester_id)
    if not words.strip():
        return list(people.filter(customer=ticket.customer_id).order_by("name", "pk")[:MOST])
    found = people_named(words, most=MOST + 1).contacts
    return [one for one in found if one.pk != ticket.requester_id][:MOST]


def person_of(number: str) -> Contact | None:
    """Return the contact of a number as a form has it, or None."""
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return Contact.objects.select_related("customer").filter(pk=int(number)).first()


def seen_by_others(ticket: Ticket) -> Seen:
    """Return what is shown to other people once a ticket is theirs."""
    public = ticket.messages.filter(kind__in=Message.PUBLIC)
    before = ticket.participants.filter(contact__isnull=False, is_kept=True)
    return Seen(
        messages=public.count(),
        files=Attachment.objects.filter(message__in=public).count(),
        before=[one.shown for one in before.select_related("contact").order_by("pk")],
    )
