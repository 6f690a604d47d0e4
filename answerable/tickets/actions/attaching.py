"""Adds to messages what came with them. Called in the transaction that writes the message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.files import actions as files
from answerable.files.actions import Content, Waiting
from answerable.files.core.names import kept_name
from answerable.files.models import StoredFile, Upload
from answerable.tickets.models import Attachment, HtmlBody, Message, SideMessage
from answerable.tickets.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file that came with a message, as its sender describes it."""

    name: str
    content: Content
    sha256: str  # by which files of many messages are kept in one order
    declared: str = ""
    inline: bool = False
    content_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """All that came with a message beside its text. `html` is sanitised."""

    message: Message
    parts: Sequence[Part] = ()
    html: str = ""
    is_rich: bool = False
    remote: Sequence[str] = ()


@transaction.atomic
def attach_parts(came: Sequence[Came], *, at: datetime) -> None:
    """Keep what came with some messages.

    Two who keep the same files at once wait for each other, so all keep them in one order.
    """
    kept: dict[str, StoredFile] = {}
    for part in sorted((part for each in came for part in each.parts), key=_order):
        if part.sha256 not in kept:
            kept[part.sha256] = files.keep(part.content, at=at)
    Attachment.objects.bulk_create(
        _attachment(each.message, part, kept[part.sha256])
        for each in came
        for part in each.parts
    )
    HtmlBody.objects.bulk_create(
        HtmlBody(
            message=each.message,
            html=clean(each.html),
            is_rich=each.is_rich,
            remote=[clean(address) for address in each.remote],
        )
        for each in came
        if each.html
    )


@transaction.atomic
def attach_side_parts(message: SideMessage, parts: Sequence[Part], *, at: datetime) -> None:
    """Keep the files that a third party sent with a message of a side conversation."""
    Attachment.objects.bulk_create(
        Attachment(
            side=message,
            file=files.keep(part.content, at=at),
            name=kept_name(part.name),
            declared=clean(part.declared)[:100],
            inline=part.inline,
        )
        for part in sorted(parts, key=_order)
    )


def attach_waiting(message: Message, waiting: Waiting) -> None:
    """Let files that waited beside a text go with the message that it became.

    When the message is the one that was there, because its form came again, they went with it.
    """
    Attachment.objects.bulk_create(
        Attachment(
            message=message, file=upload.file, name=upload.name, declared=upload.declared
        )
        for upload in files.hand_over(waiting)
    )


def attach_file(message: Message, file: StoredFile, *, name: str, declared: str = "") -> None:
    """Put a file that is kept already on a message."""
    Attachment.objects.create(message=message, file=file, name=name, declared=declared)


def forget_attachments(file: StoredFile) -> None:
    """Take a file off every message that it is on: its time is over."""
    Attachment.objects.filter(file=file).delete()


def detach(message: Message, owner: str, place: str, *, at: datetime) -> None:
    """Let the files of a message that was taken back wait beside its text again."""
    attached = list(message.attachments.select_related("file").order_by("pk"))
    message.attachments.all().delete()
    files.give_back(
        owner,
        place,
        [Upload(file=a.file, name=a.name, declared=a.declared, at=at) for a in attached],
    )


def _order(part: Part) -> str:
    return part.sha256


def _attachment(message: Message, part: Part, file: StoredFile) -> Attachment:
    return Attachment(
        message=message,
        file=file,
        name=kept_name(part.name),
        declared=clean(part.declared)[:100],
        inline=part.inline,
        content_id=clean(part.content_id)[:300],
    )
