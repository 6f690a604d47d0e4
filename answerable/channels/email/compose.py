"""A queued mail as the bytes that go out, by the standard library's modern policy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from email.headerregistry import Address
from typing import Any

from django.core import mail
from django.utils import translation

from answerable.channels.email import ours, signing, words
from answerable.channels.email.core import folding
from answerable.channels.email.core.thread import MESSAGE_ID
from answerable.channels.email.enclosing import (
    Enclosed,
    beside,
    enclose,
    enclosed_in,
    html_with,
    put_beside,
    text_with,
)
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.spool import folder
from answerable.channels.email.wire import WIRE, WireMessage
from answerable.tickets.models import Ticket

LONGEST_ID = 250
# Enough for every mail program to find the thread, and never a header that a server cuts.
MOST_REFERENCES, LONGEST_REFERENCES = 12, 1800
BY_ITSELF = {"X-Auto-Response-Suppress": "All"}

Kind = OutgoingMail.Kind


class Letter(mail.EmailMultiAlternatives):
    """A mail for Django's backends, whose wire form is ours."""

    wire: WireMessage

    def message(self, *args: Any, **kwargs: Any) -> Any:
        """Return the wire form."""
        return self.wire


def compose(
    queued: OutgoingMail, references: Sequence[str], *, takes_wire: bool = True
) -> Letter:
    """Return a queued mail ready to send. Raises ValueError when its address cannot be one.

    `references` are the Message-IDs of its thread, oldest first; it answers the last. Who does
    not take the mail as we write it is given its files beside it.
    """
    files = enclosed_in(queued)
    wire = _wire(queued, shortened(references), files)
    own = ("from", "to", "subject", "content-type", "content-transfer-encoding", "mime-version")
    letter = Letter(
        subject=str(wire["Subject"]),
        body=queued.text,
        from_email=str(wire["From"]),
        to=[str(wire["To"])],
        headers={name: str(value) for name, value in wire.items() if name.lower() not in own},
    )
    if queued.html:
        letter.attach_alternative(queued.html, "text/html")
    letter.wire = wire
    if not takes_wire:
        put_beside(letter, files.goes)
    return letter


def one_line(text: str, longest: int) -> str:
    """Return a text fit for a header: on one line, without control characters."""
    return folding.one_line(text)[:longest].strip()


def shortened(references: Sequence[str]) -> list[str]:
    """Return the first Message-ID of a thread and the newest, as many as a header should have.

    Programs find a thread by its first, and who is answered by the last (RFC 5322, 3.6.4).
    """
    fit = [ref for ref in references if _may_refer(ref)]
    first, newest = fit[:1], fit[1:]
    newest = newest[-(MOST_REFERENCES - 1) :]
    while newest[1:] and sum(len(ref) + 1 for ref in [*first, *newest]) > LONGEST_REFERENCES:
        newest = newest[1:]
    return [*first, *newest]


def _wire(queued: OutgoingMail, references: Sequence[str], files: Enclosed) -> WireMessage:
    wire = WireMessage(policy=WIRE)
    with translation.override("en"):
        support, name = words.support_name(), words.sender_name(queued.message or queued.side)
    wire["From"] = Address(one_line(name, 100), addr_spec=ours.mailbox())
    wire["To"] = Address(one_line(queued.to_name, 100), addr_spec=queued.to)
    if queued.ticket and queued.kind != Kind.NOTIFICATION:
        address = ours.reply_address(queued.ticket)
        wire["Reply-To"] = Address(one_line(support, 100), addr_spec=address)
    wire["Subject"] = one_line(queued.subject, 400)
    wire["Date"] = queued.created_at
    wire["Message-ID"] = queued.mail_id
    wire[ours.OWN_HEADER] = ours.mailbox()
    if references:
        wire["In-Reply-To"] = references[-1]
        wire["References"] = " ".join(references)
    for header, value in (*_of_its_kind(queued), *queued.headers.items()):
        wire[header] = one_line(str(value), 900)
    _fill(wire, queued, files)
    wire.sign = signing.sign
    wire.write(folder())
    return wire


def _fill(wire: WireMessage, queued: OutgoingMail, files: Enclosed) -> None:
    """Put text, page and files into a mail."""
    said = beside(queued, files)
    text, html = text_with(queued.text, said), html_with(queued.html, said)
    wire.set_content(text, charset="utf-8", cte="quoted-printable")
    if html:
        wire.add_alternative(html, "html", charset="utf-8", cte="quoted-printable")
        wire.set_boundary(_boundary(queued.mail_id))
    if files.goes:
        enclose(wire, files.goes)
        wire.set_boundary(_boundary(f"{queued.mail_id} with files"))


def _of_its_kind(queued: OutgoingMail) -> Iterator[tuple[str, str]]:
    """Return what a mail that no person wrote says of itself (RFC 3834, 5), and how to end it.

    An acknowledgement answers the mail that opened its ticket. A notification is no
    conversation: one press ends them all (RFC 8058).
    """
    if queued.kind not in OutgoingMail.AUTOMATIC:
        return
    answers = queued.kind == Kind.ACKNOWLEDGEMENT and _came_by_mail(queued.ticket)
    yield "Auto-Submitted", "auto-replied" if answers else "auto-generated"
    yield from BY_ITSELF.items()
    if queued.kind == Kind.NOTIFICATION and queued.agent:
        yield "List-Unsubscribe", f"<{ours.unsubscribe_url(queued.agent)}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _came_by_mail(ticket: Ticket | None) -> bool:
    return ticket is not None and ticket.channel == Ticket.Channel.EMAIL


def _boundary(mail_id: str) -> str:
    """Return what stands between the parts: no quoted-printable text has “=_” in it."""
    return f"=_{hashlib.sha256(mail_id.encode()).hexdigest()[:24]}"


def _may_refer(reference: str) -> bool:
    fits = len(reference) <= LONGEST_ID and reference.isascii() and reference.isprintable()
    return fits and bool(MESSAGE_ID.fullmatch(reference))
