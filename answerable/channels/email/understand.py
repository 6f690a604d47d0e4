"""A raw mail, or a bare text, to all that is understood of it. Never raises."""

from __future__ import annotations

import email.utils
from datetime import datetime

from answerable.channels.email.core.automatic import Signs, why_automatic
from answerable.channels.email.core.charsets import decoded
from answerable.channels.email.core.headers import CONTROLS, words_of
from answerable.channels.email.core.parse import Mail, read_mail
from answerable.channels.email.core.quote import split_reply
from answerable.channels.email.core.thread import message_ids
from answerable.channels.email.core.understood import File, Person, Understood


def understand(raw: bytes) -> Understood:
    """Return all that is understood of a raw mail."""
    mail = read_mail(raw)
    split = split_reply(mail.text)
    return Understood(
        sender=Person(mail.sender_name, mail.sender),
        to=_people(mail, "to"),
        cc=_people(mail, "cc"),
        reply_to=_people(mail, "reply-to"),
        subject=mail.subject,
        date=_date(mail.headers.get("date", "")),
        message_id=mail.message_id,
        in_reply_to=next(iter(message_ids(mail.in_reply_to)), mail.in_reply_to),
        references=message_ids(mail.references),
        kind=_kind(mail),
        text=mail.text,
        reply=split.new,
        quoted=split.folded,
        attachments=[File(a.name, a.type, a.size) for a in mail.attachments],
        problems=mail.problems,
    )


def understand_body(body: bytes, subject: str = "") -> Understood:
    """Return all that is understood of a text that came without headers."""
    text = decoded(body, "utf-8")
    split = split_reply(text)
    return Understood(subject=subject, text=text, reply=split.new, quoted=split.folded)


def _people(mail: Mail, header: str) -> list[Person]:
    pairs = email.utils.getaddresses([mail.headers.get(header, "")])
    return [Person(words_of(name), CONTROLS.sub("", address)) for name, address in pairs]


def _date(header: str) -> datetime | None:
    try:
        return email.utils.parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _kind(mail: Mail) -> str:
    machine = why_automatic(
        Signs(
            headers=mail.headers,
            content_type=mail.content_type,
            envelope_from=mail.headers.get("return-path", mail.sender or "-"),
            sender=mail.sender,
            subject=mail.subject,
            is_own=False,
        )
    )
    return machine.kind.value if machine else "human"
