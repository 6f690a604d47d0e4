"""All that is understood of a mail, as one value and as JSON. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from answerable.channels.email.core.addresses import Person
from answerable.channels.email.core.files import Attachment


@dataclass(frozen=True, slots=True)
class Returned:
    """One recipient of a bounce. `hard`: trying again does not help."""

    recipient: str
    status: str
    reason: str
    hard: bool


@dataclass(frozen=True, slots=True)
class Passed:
    """The mail that was forwarded, as it names itself; `note` is what was written above it."""

    sender: Person
    to: Sequence[Person]
    subject: str
    date: str
    body: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What is understood of a mail."""

    sender: Person = field(default_factory=Person)
    to: Sequence[Person] = ()
    cc: Sequence[Person] = ()
    reply_to: Sequence[Person] = ()
    subject: str = ""
    date: datetime | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: Sequence[str] = ()
    kind: str = "human"
    bounce: Sequence[Returned] = ()
    text: str = ""
    html: str = ""  # sanitised
    reply: str = ""
    quoted: str = ""
    signature: str = ""
    forwarded: Passed | None = None
    attachments: Sequence[Attachment] = ()
    problems: Sequence[str] = ()


def as_json(mail: Understood) -> dict[str, Any]:
    """Return what is understood as values of JSON, under the names that programs know."""
    return {
        "from": _person(mail.sender),
        "to": _people(mail.to),
        "cc": _people(mail.cc),
        "reply_to": _people(mail.reply_to),
        "subject": mail.subject,
        "date": mail.date.isoformat() if mail.date else None,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "kind": mail.kind,
        "bounce": [_returned(each) for each in mail.bounce],
        "text": mail.text,
        "html": mail.html,
        "reply": mail.reply,
        "quoted": mail.quoted,
        "signature": mail.signature,
        "forwarded": _passed(mail.forwarded) if mail.forwarded else None,
        "attachments": [_file(each) for each in mail.attachments],
        "problems": list(mail.problems),
    }


def _person(person: Person) -> dict[str, str]:
    return {"name": person.name, "address": person.address}


def _people(people: Sequence[Person]) -> list[dict[str, str]]:
    return [_person(person) for person in people]


def _returned(each: Returned) -> dict[str, Any]:
    return {
        "recipient": each.recipient,
        "status": each.status,
        "reason": each.reason,
        "hard": each.hard,
    }


def _passed(mail: Passed) -> dict[str, Any]:
    return {
        "from": _person(mail.sender),
        "to": _people(mail.to),
        "subject": mail.subject,
        "date": mail.date,
        "body": mail.body,
        "note": mail.note,
    }


def _file(file: Attachment) -> dict[str, Any]:
    return {
        "name": file.name,
        "type": file.type,
        "size": file.size,
        "inline": file.inline,
        "content_id": file.content_id,
        "sha256": file.sha256,
    }
