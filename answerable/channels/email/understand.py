"""A raw mail, or a bare text, to all that is understood of it. Never raises."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answerable.channels.email.core.addresses import Person, people_in
from answerable.channels.email.core.automatic import Kind
from answerable.channels.email.core.bounce import bounces_in
from answerable.channels.email.core.charsets import decoded
from answerable.channels.email.core.forward import Forwarded, forwarded_in
from answerable.channels.email.core.headers import date_of
from answerable.channels.email.core.html import text_of
from answerable.channels.email.core.kinds import kind_of
from answerable.channels.email.core.letter import LONGEST_SPLIT, split_of
from answerable.channels.email.core.mapped import Buffer
from answerable.channels.email.core.parse import Mail, author_of, plain_mail, read_mail
from answerable.channels.email.core.quote import Split, split_reply
from answerable.channels.email.core.quote_html import HtmlSplit, split_html
from answerable.channels.email.core.thread import message_ids
from answerable.channels.email.core.tree import Part, parsed
from answerable.channels.email.core.understood import Passed, Returned, Understood
from answerable.channels.email.sanitise import sanitised

TANGLED = "Its HTML is too long or too tangled to be shown; its text is."
# A text that begins as HTML does.
# What begins like HTML, or ends like it and has a block of it in between.
BEGINS = re.compile(
    r"\s*<(?:!doctype|html|head|body|div|p|table|span|meta|br|blockquote)\b", re.IGNORECASE
)
ENDS = re.compile(r"</[a-z]{1,12}\s*>\Z", re.IGNORECASE)
BLOCK = re.compile(r"<(?:div|blockquote|p|table|br|body)\b[^<>]{0,500}>", re.IGNORECASE)


def understand(raw: Buffer) -> Understood:
    """Return all that is understood of a raw mail."""
    try:
        return _understood(read_mail(raw))
    except Exception as error:  # Whatever is wrong with it, it must not be lost.
        mail = plain_mail(raw, f"It cannot be taken apart ({type(error).__name__}).")
        return _headed(mail, Split(mail.text))


def understand_body(body: bytes, subject: str = "") -> Understood:
    """Return all that is understood of a text, or an HTML, that came without headers."""
    text = decoded(body, "utf-8").replace("\r\n", "\n").replace("\r", "\n")
    html = text if _is_html(text) else ""
    text = text_of(html) if html else text
    split = split_html(html) if html else split_reply(text)
    return Understood(
        subject=subject,
        text=text,
        html=sanitised(html) or "",
        reply=split.new,
        quoted=split.quoted,
        signature=split.signature,
        forwarded=_passed(forwarded_in(subject, text)),
    )


def _is_html(text: str) -> bool:
    ends = ENDS.search(text[-40:].rstrip())
    return bool(BEGINS.match(text) or (ends and BLOCK.search(text)))


def _understood(mail: Mail) -> Understood:
    root: Part = mail.root or parsed(b"")
    kind = kind_of(mail, root)
    bounced = bounces_in(root, mail.text) if kind == Kind.BOUNCE else ()
    return _headed(
        mail,
        split_of(mail),
        kind=kind.value,
        bounce=[Returned(b.recipient, b.status, b.reason, b.hard) for b in bounced],
        forwarded=_passed(forwarded_in(mail.subject, mail.text[:LONGEST_SPLIT])),
    )


def _headed(
    mail: Mail,
    split: Split | HtmlSplit,
    *,
    kind: str = "human",
    bounce: Sequence[Returned] = (),
    forwarded: Passed | None = None,
) -> Understood:
    headers = mail.headers
    html = sanitised(mail.html)
    return Understood(
        sender=author_of(headers),
        to=_people(mail, "to"),
        cc=_people(mail, "cc"),
        reply_to=_people(mail, "reply-to"),
        subject=mail.subject,
        date=date_of(headers.get("date", "")),
        message_id=mail.message_id,
        in_reply_to=next(iter(message_ids(mail.in_reply_to)), mail.in_reply_to),
        references=message_ids(mail.references),
        kind=kind,
        bounce=bounce,
        text=mail.text,
        html=html or "",
        reply=split.new,
        quoted=split.quoted,
        signature=split.signature,
        forwarded=forwarded,
        attachments=mail.attachments,
        problems=mail.problems if html is not None else (*mail.problems, TANGLED),
    )


def _people(mail: Mail, header: str) -> list[Person]:
    return people_in(mail.headers.get(header, ""))


def _passed(mail: Forwarded | None) -> Passed | None:
    if mail is None:
        return None
    return Passed(
        sender=Person(mail.sender.name, mail.sender.address),
        to=[Person(each.name, each.address) for each in mail.to],
        subject=mail.subject,
        date=mail.date,
        body=mail.body,
        note=mail.note,
    )
