"""Puts what is kept of somebody into one file: JSON to be read by programs, and their files.

In it are the requests that they sent or wrote on, as far as they see them, and nothing that is
not theirs to read.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO, Any

from django.db.models import Q

from answerable.accounts.models import Contact, PeopleChange
from answerable.files.actions import Content
from answerable.files.reading import pieces
from answerable.files.words import held_words
from answerable.notices.tiding_queries import told_beside
from answerable.surveys.core.scales import answers_on
from answerable.surveys.models import Survey
from answerable.surveys.queries import wants_questions
from answerable.tickets.access import seen_by
from answerable.tickets.beside import attachments_of
from answerable.tickets.models import Attachment, Message, Ticket

PIECE = 256 * 1024
Progress = Callable[[int, int], None]


def written_out(contact: Contact, file: IO[bytes], *, at: datetime, progress: Progress) -> None:
    """Write a contact's data into a file as a ZIP, telling how many requests are in it."""
    numbers = list(theirs(contact).values_list("pk", flat=True))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("me.json", _json(about(contact, at)))
        for done, number in enumerate(numbers):
            progress(done, len(numbers))
            _add_request(bundle, Ticket.objects.get(pk=number))
    progress(len(numbers), len(numbers))


def content_of(file: IO[bytes]) -> Content:
    """Return what was written into a file, to be kept."""

    def read() -> Iterator[bytes]:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece

    return Content(read)


def new_file() -> IO[bytes]:
    """Return an empty file that is gone once it is closed."""
    return tempfile.TemporaryFile()


def theirs(contact: Contact) -> Any:
    """Return the requests that a contact sent or wrote on, of those that they see."""
    wrote = Message.objects.filter(contact=contact).values("ticket")
    mine = Q(requester=contact) | Q(pk__in=wrote)
    return seen_by(contact).filter(mine).order_by("pk")


def about(contact: Contact, at: datetime) -> dict[str, object]:
    """Return what is kept of a contact beside their requests."""
    changes = PeopleChange.objects.filter(contact=contact).order_by("pk")
    return {
        "made_at": at.isoformat(),
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "office_phone": contact.office_phone,
        "company": contact.customer.name,
        "role": contact.product_role,
        "seat": contact.seat,
        "department": contact.department,
        "language": contact.language,
        "time_zone": contact.zone,
        "mails": {
            "replies": contact.mailed_replies,
            "promises": contact.mailed_promises,
            "report": contact.mailed_report,
            "surveys": wants_questions(contact),
        },
        "notices": _notices(contact),
        "how_it_went": _answers(contact),
        "designated": [
            {"from": one.valid_from.isoformat(), "to": _iso(one.valid_to)}
            for one in contact.designations.order_by("pk")
        ],
        "changes": [
            {"what": c.what, "before": c.before, "after": c.after, "at": c.at.isoformat()}
            for c in changes
        ],
    }


def _notices(contact: Contact) -> dict[str, object]:
    """Return what somebody is told beside mail, where, and at which number."""
    told = told_beside(contact)
    return {
        "in_browsers": sorted(told.wants.push),
        "by_text_message": sorted(told.wants.text),
        "browsers": [one.browser for one in told.browsers],
        "number": told.number.phone if told.number else "",
    }


def _answers(contact: Contact) -> list[dict[str, object]]:
    """Return what somebody was asked of how it went, and what they answered."""
    return [
        {
            "request": one.ticket_id,
            "asked_at": _iso(one.asked_at),
            "answer": one.answer,
            "of": len(answers_on(one.terms.scale)),
            "comment": one.comment,
            "answered_at": _iso(one.answered_at),
        }
        for one in Survey.objects.asked().filter(contact=contact).order_by("pk")
    ]


def _add_request(bundle: zipfile.ZipFile, ticket: Ticket) -> None:
    public = Message.objects.filter(
        ticket=ticket, kind__in=Message.PUBLIC, leaves_at=None
    ).select_related("agent", "contact")
    messages = list(public.order_by("pk"))
    files = attachments_of([message.pk for message in messages])
    folder = f"requests/{ticket.pk}"
    said = [_said(message, files.get(message.pk, ())) for message in messages]
    bundle.writestr(f"{folder}/request.json", _json(_facts(ticket) | {"messages": said}))
    for attachment in (one for some in files.values() for one in some):
        if not held_words(attachment.file):
            _add_file(bundle, f"{folder}/{_name(attachment)}", attachment)


def _add_file(bundle: zipfile.ZipFile, name: str, attachment: Attachment) -> None:
    with bundle.open(name, "w", force_zip64=True) as member:
        for piece in pieces(attachment.file):
            member.write(piece)


def _facts(ticket: Ticket) -> dict[str, object]:
    return {
        "number": ticket.pk,
        "subject": ticket.subject,
        "state": ticket.state,
        "severity": ticket.severity,
        "product": ticket.product,
        "environment": ticket.environment,
        "private": ticket.is_private,
        "from": ticket.sender_name,
        "sent_at": ticket.created_at.isoformat(),
    }


def _said(message: Message, files: Any) -> dict[str, object]:
    return {
        "by": message.author,
        "at": message.written_at.isoformat(),
        "text": message.body,
        "quoted": message.folded,
        "files": [_name(one) for one in files],
    }


def _name(attachment: Attachment) -> str:
    """Return a name that is the only one in its folder, and leads nowhere else."""
    plain = "".join(c if c.isalnum() or c in " ._-" else "_" for c in attachment.name)
    return f"{attachment.pk}-{plain.strip(' .') or 'file'}"[:120]


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2)


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
