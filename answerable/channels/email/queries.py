"""Reads about mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, QuerySet
from django.db.models.functions import Lower

from answerable.accounts.models import Contact
from answerable.channels.email import ours
from answerable.channels.email.core.parse import Mail
from answerable.channels.email.core.thread import referenced, reply_in
from answerable.channels.email.models import InboundMail, OutboxMail, OutgoingMail
from answerable.tickets.models import Ticket

MOST_THREADED = 12


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much mail waits, and since when the oldest does."""

    unread: int
    unread_since: datetime | None
    unsent: int
    unsent_since: datetime | None
    for_review: int


def outbox(*, to: str = "", most: int = 100) -> QuerySet[OutboxMail]:
    """Return the newest mails of the local outbox, without their bytes; `to` an address."""
    mails = OutboxMail.objects.order_by("-at", "-pk").defer("raw")
    return (mails.filter(to__iexact=to) if to else mails)[:most]


def waiting() -> Waiting:
    """Return how much mail waits to be read, to be sent, and for a person."""
    unread = InboundMail.objects.unhandled()
    unsent = OutgoingMail.objects.waiting()
    return Waiting(
        unread=unread.count(),
        unread_since=unread.aggregate(first=Min("received_at"))["first"],
        unsent=unsent.count(),
        unsent_since=unsent.aggregate(first=Min("created_at"))["first"],
        for_review=InboundMail.objects.filter(state=InboundMail.State.REVIEW).count(),
    )


def contact_of_address(address: str) -> Contact | None:
    """Return the contact who writes from an address, or None; who left is nobody."""
    if not address:
        return None
    # The index is on the address in lower case.
    found = Contact.objects.annotate(key=Lower("email")).filter(key=address.lower())
    return found.filter(left_at=None).select_related("customer").first()


def ticket_of(addresses: Iterable[str], mail: Mail) -> Ticket | None:
    """Return the ticket that a mail answers: by a signed token, else by a mail we sent."""
    reply = reply_in(addresses, ours.mailbox(), ours.token_keys())
    if reply:
        ticket = Ticket.objects.filter(pk=reply.ticket).first()
        if ticket:
            return ticket
    references = referenced(mail.in_reply_to, mail.references)
    return _answered(references) if references else None


def _answered(references: list[str]) -> Ticket | None:
    sent = OutgoingMail.objects.filter(mail_id__in=references, ticket__isnull=False)
    kinds = OutgoingMail.Kind
    to_customers = sent.filter(kind__in=[kinds.REPLY, kinds.NOTICE, kinds.ACKNOWLEDGEMENT])
    by_id = {mail.mail_id: mail for mail in to_customers.select_related("ticket")}
    return next((by_id[ref].ticket for ref in references if ref in by_id), None)


def thread_of(mail: OutgoingMail) -> list[str]:
    """Return the Message-IDs of a mail's conversation before it, oldest first.

    The last is what it answers: the newest mail of the customer, else our own before it.
    """
    if mail.ticket_id is None or mail.kind == OutgoingMail.Kind.NOTIFICATION:
        return []
    theirs = InboundMail.objects.filter(
        ticket=mail.ticket_id, received_at__lte=mail.created_at, state="accepted"
    ).exclude(mail_id="")
    heard = list(
        theirs.order_by("-received_at").values_list("received_at", "mail_id")[:MOST_THREADED]
    )
    sent = OutgoingMail.objects.filter(ticket=mail.ticket_id, pk__lt=mail.pk)
    said = list(
        sent.exclude(kind=OutgoingMail.Kind.NOTIFICATION)
        .order_by("-pk")
        .values_list("created_at", "mail_id")[:MOST_THREADED]
    )
    ordered = [number for _, number in sorted([*heard, *said])]
    if heard:
        newest = heard[0][1]
        ordered = [number for number in ordered if number != newest] + [newest]
    return ordered
