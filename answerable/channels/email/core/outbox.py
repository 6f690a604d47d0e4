"""A sent mail as its page shows it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.channels.email.core.parse import read_mail
from answerable.channels.email.core.tree import parsed


@dataclass(frozen=True, slots=True)
class Shown:
    """The parts of a sent mail. `headers` are pairs in the mail's own order."""

    subject: str
    to: str
    sender: str
    reply_to: str
    message_id: str
    in_reply_to: str
    text: str
    headers: tuple[tuple[str, str], ...]


def shown(raw: bytes) -> Shown:
    """Return what a page shows of a mail that we sent."""
    mail = read_mail(raw)
    headers = tuple((name, str(value)) for name, value in parsed(raw).items())
    return Shown(
        subject=mail.subject,
        to=mail.headers.get("to", ""),
        sender=mail.headers.get("from", ""),
        reply_to=mail.headers.get("reply-to", ""),
        message_id=mail.message_id,
        in_reply_to=mail.in_reply_to,
        text=mail.text.replace("\r\n", "\n"),
        headers=headers,
    )
