"""A raw mail, or a bare text, to all that is understood of it. Never raises."""

from __future__ import annotations

from answerable.channels.email.core.addresses import Person, first_person, people_in
from answerable.channels.email.core.automatic import Signs, why_automatic
from answerable.channels.email.core.charsets import decoded
from answerable.channels.email.core.headers import date_of
from answerable.channels.email.core.parse import Mail, read_mail
from answerable.channels.email.core.quote import split_reply
from answerable.channels.email.core.thread import message_ids
from answerable.channels.email.core.understood import Understood
from answerable.channels.email.sanitise import sanitised

TANGLED = "Its HTML is too long or too tangled to be shown; its text is."


def understand(raw: bytes) -> Understood:
    """Return all that is understood of a raw mail."""
    mail = read_mail(raw)
    split = split_reply(mail.text)
    html = sanitised(mail.html)
    return Understood(
        sender=first_person(mail.headers.get("from", ""), mail.headers.get("sender", "")),
        to=_people(mail, "to"),
        cc=_people(mail, "cc"),
        reply_to=_people(mail, "reply-to"),
        subject=mail.subject,
        date=date_of(mail.headers.get("date", "")),
        message_id=mail.message_id,
        in_reply_to=next(iter(message_ids(mail.in_reply_to)), mail.in_reply_to),
        references=message_ids(mail.references),
        kind=_kind(mail),
        text=mail.text,
        html=html or "",
        reply=split.new,
        quoted=split.folded,
        attachments=mail.attachments,
        problems=mail.problems if html is not None else (*mail.problems, TANGLED),
    )


def understand_body(body: bytes, subject: str = "") -> Understood:
    """Return all that is understood of a text that came without headers."""
    text = decoded(body, "utf-8").replace("\r\n", "\n")
    split = split_reply(text)
    return Understood(subject=subject, text=text, reply=split.new, quoted=split.folded)


def _people(mail: Mail, header: str) -> list[Person]:
    return people_in(mail.headers.get(header, ""))


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
