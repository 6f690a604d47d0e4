"""A raw mail as the facts we need, whatever state it is in. Pure; never raises.

What cannot be read as a mail is read as plain text, and the mail says so in `problems`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from answerable.channels.email.core.addresses import Person, addresses_of, first_person
from answerable.channels.email.core.bodies import Bodies, bodies_of
from answerable.channels.email.core.charsets import decoded
from answerable.channels.email.core.files import Attachment, named_file
from answerable.channels.email.core.headers import first_headers, message_id_of
from answerable.channels.email.core.mapped import Buffer, beginning, pieces_of
from answerable.channels.email.core.spans import BLANK
from answerable.channels.email.core.texts import LONGEST_TEXT
from answerable.channels.email.core.tree import LONGEST_HEAD, Part, parsed

AUTHORS = ("from", "sender", "reply-to")
LARGEST = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mail says."""

    message_id: str
    in_reply_to: str
    references: str
    sender_name: str
    sender: str  # the address, in lower case; empty when there is none
    to: tuple[str, ...]  # the addresses in To and Cc
    subject: str
    text: str
    content_type: str
    headers: Mapping[str, str]
    html: str = ""  # as it was sent: not to be shown before it is sanitised
    is_html_only: bool = False  # the text was made of the HTML
    attachments: tuple[Attachment, ...] = ()
    report: str = ""  # what a mail server reports, and the headers it returns
    problems: tuple[str, ...] = ()
    root: Part | None = None


def read_mail(raw: Buffer) -> Mail:
    """Return what a raw mail says; what cannot be read as a mail is read as plain text."""
    if len(raw) > LARGEST:
        return plain_mail(raw, "It is too large to be read to the end.")
    try:
        return _read(raw)
    except Exception as error:  # Whatever is wrong with it, it must not be lost.
        return plain_mail(raw, f"It cannot be read as a mail ({type(error).__name__}).")


def _read(raw: Buffer) -> Mail:
    root = parsed(raw)
    bodies = bodies_of(root)
    headers = first_headers(root, bodies.charset)
    return _mail(headers, root, bodies, (*root.problems, *bodies.problems))


def _mail(
    headers: Mapping[str, str], root: Part, bodies: Bodies, problems: tuple[str, ...]
) -> Mail:
    author = author_of(headers)
    return Mail(
        message_id=message_id_of(headers.get("message-id", "")),
        in_reply_to=headers.get("in-reply-to", ""),
        references=headers.get("references", ""),
        sender_name=author.name,
        sender=author.address.lower()[:254],
        to=addresses_of(headers.get("to", ""), headers.get("cc", "")),
        subject=headers.get("subject", ""),
        text=bodies.text,
        content_type=root.kind,
        headers=headers,
        html=bodies.html,
        is_html_only=bodies.is_html_only,
        attachments=tuple(bodies.attachments),
        report=bodies.report,
        problems=problems,
        root=root,
    )


def author_of(headers: Mapping[str, str]) -> Person:
    """Return who wrote a mail: From, or what stands for it where that is missing."""
    return first_person(*(headers.get(name, "") for name in AUTHORS))


def plain_mail(raw: Buffer, problem: str) -> Mail:
    """Read a mail as its headers and the text below them, without looking for parts.

    One that is too long to be read so is a file besides.
    """
    blank = BLANK.search(raw)
    head, body = (blank.start(), blank.end()) if blank else (0, 0)
    root = parsed(raw[: min(head, LONGEST_HEAD)])
    text = decoded(beginning(pieces_of(memoryview(raw)[body:]), LONGEST_TEXT))
    bodies = Bodies(text=text.replace("\r\n", "\n"))
    if len(raw) - body > LONGEST_TEXT:
        bodies.attachments = [named_file("mail.eml", "message/rfc822", partial(pieces_of, raw))]
    return _mail(first_headers(root), root, bodies, (problem,))
