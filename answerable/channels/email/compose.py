"""A queued mail as the bytes that go out, by the standard library's modern policy."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any

from django.core import mail
from django.utils import translation

from answerable.channels.email import ours, words
from answerable.channels.email.core.thread import MESSAGE_ID
from answerable.channels.email.models import OutgoingMail

IDS = {"references", "in-reply-to", "message-id"}
LONGEST_ID = 250
MOST_REFERENCES = 12
LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+")


class WirePolicy(email.policy.EmailPolicy):
    """The modern policy, but Message-IDs and plain subjects stay whole.

    The library would write a Message-ID that does not fit a line as an encoded word, which
    nobody reads, and would begin a subject of 80 letters with an empty line.
    """

    def fold(self, name: str, value: Any) -> str:
        """Return a header as it is written, one Message-ID to a line."""
        if name.lower() in IDS:
            return f"{name}: " + f"{self.linesep} ".join(str(value).split()) + self.linesep
        if name.lower() == "subject" and str(value).isascii():
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the same as bytes."""
        return self.fold(name, value).encode("ascii", "replace")


WIRE = WirePolicy(linesep="\r\n", raise_on_defect=False)


class WireMessage(EmailMessage):
    """A message that Django's backends can write."""

    def as_bytes(
        self, unixfrom: bool = False, policy: Any = None, *, linesep: str = "\r\n"
    ) -> bytes:
        """Return the mail as it is sent."""
        return super().as_bytes(unixfrom, policy=policy or WIRE.clone(linesep=linesep))


class Letter(mail.EmailMessage):
    """A mail for Django's backends, whose wire form is ours."""

    wire: WireMessage

    def message(self, *args: Any, **kwargs: Any) -> Any:
        """Return the wire form."""
        return self.wire


def compose(queued: OutgoingMail, references: Sequence[str]) -> Letter:
    """Return a queued mail ready to send. Raises ValueError when its address cannot be one.

    `references` are the Message-IDs of its thread, oldest first; it answers the last.
    """
    wire = _wire(queued, [ref for ref in references if _may_refer(ref)][-MOST_REFERENCES:])
    own = ("from", "to", "subject", "content-type", "content-transfer-encoding", "mime-version")
    letter = Letter(
        subject=str(wire["Subject"]),
        body=queued.text,
        from_email=str(wire["From"]),
        to=[str(wire["To"])],
        headers={name: str(value) for name, value in wire.items() if name.lower() not in own},
    )
    letter.wire = wire
    return letter


def one_line(text: str, longest: int) -> str:
    """Return a text fit for a header: on one line, without control characters."""
    return LINE_BREAKS.sub(" ", text).strip()[:longest]


def _wire(queued: OutgoingMail, references: Sequence[str]) -> WireMessage:
    wire = WireMessage(policy=WIRE)
    with translation.override("en"):
        name = words.support_name()
    wire["From"] = Address(one_line(name, 100), addr_spec=ours.mailbox())
    wire["To"] = Address(one_line(queued.to_name, 100), addr_spec=queued.to)
    if queued.ticket and queued.kind != OutgoingMail.Kind.NOTIFICATION:
        wire["Reply-To"] = Address(
            one_line(name, 100), addr_spec=ours.reply_address(queued.ticket)
        )
    wire["Subject"] = one_line(queued.subject, 400)
    wire["Date"] = queued.created_at
    wire["Message-ID"] = queued.mail_id
    wire[ours.OWN_HEADER] = ours.mailbox()
    if references:
        wire["In-Reply-To"] = references[-1]
        wire["References"] = " ".join(references)
    if queued.kind in OutgoingMail.AUTOMATIC:
        wire["Auto-Submitted"] = "auto-generated"
        wire["X-Auto-Response-Suppress"] = "All"
    for header, value in queued.headers.items():
        wire[header] = one_line(str(value), 900)
    wire.set_content(queued.text, charset="utf-8", cte="quoted-printable")
    return wire


def _may_refer(reference: str) -> bool:
    fits = len(reference) <= LONGEST_ID and reference.isascii() and reference.isprintable()
    return fits and bool(MESSAGE_ID.fullmatch(reference))
