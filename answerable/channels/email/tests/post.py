"""Short ways to say in a test that a mail arrives, and what went out."""

from __future__ import annotations

import itertools
from datetime import datetime
from email.message import EmailMessage

from django.utils.timezone import now

from answerable.accounts.models import Contact
from answerable.channels.email.actions import (
    Arrival,
    Holder,
    drain,
    send_waiting,
    store_mail,
)
from answerable.channels.email.models import InboundMail, OutboxMail, OutgoingMail
from answerable.channels.email.transport import open_way
from answerable.tickets.models import Ticket

SUPPORT = "support@answerable.example"
_numbers = itertools.count(1)


def mail_of(sender: str, text: str = "Exports fail.", **headers: str) -> bytes:
    """Return a raw mail to support; a header is named with _ for each dash."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = headers.pop("To", SUPPORT)
    message["Subject"] = headers.pop("Subject", "Exports fail")
    number = headers.pop("Message_ID", f"<{next(_numbers)}@nordwind.example>")
    if number:
        message["Message-ID"] = number
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def arrive(
    raw: bytes, *, at: datetime, to: str = SUPPORT, by: str = "x@y.example"
) -> InboundMail:
    """Store a mail as the door does, without reading it."""
    arrival = Arrival(raw=raw, envelope_from=by, envelope_to=(to,), peer="192.0.2.1", at=at)
    return InboundMail.objects.get(pk=store_mail([arrival])[0])


def receive(
    raw: bytes, *, at: datetime, to: str = SUPPORT, by: str = "x@y.example"
) -> InboundMail:
    """Store a mail and read all that waits; return the mail with what became of it."""
    mail = arrive(raw, at=at, to=to, by=by)
    drain(clock=now)
    mail.refresh_from_db()
    return mail


def opened_by_mail(contact: Contact, *, at: datetime) -> Ticket:
    """Have a contact write a first mail, and return its ticket."""
    mail = receive(mail_of(f"{contact.name} <{contact.email}>"), at=at)
    assert mail.ticket, (mail.state, mail.reason)
    return mail.ticket


def send_all() -> list[OutboxMail]:
    """Send all that waits to the local outbox, and return what is in it, oldest first."""
    send_waiting(open_way("outbox:"), holder=Holder(1), clock=now)
    return list(OutboxMail.objects.order_by("pk"))


def queued(kind: str) -> list[OutgoingMail]:
    """Return the mails of a kind that were queued, oldest first."""
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk"))
