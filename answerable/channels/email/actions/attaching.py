"""Keeps what came with mails beside their text: their files, and their HTML made harmless."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from answerable.channels.email.core.files import Attachment
from answerable.channels.email.core.look import is_rich, remote_pictures
from answerable.channels.email.core.parse import Mail
from answerable.channels.email.sanitise import sanitised
from answerable.files.actions import Content
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Came, Part
from answerable.tickets.models import Message


def keep_parts(mails: Iterable[tuple[Message | None, Mail]], *, at: datetime) -> None:
    """Keep the files and the HTML of mails that became messages, with those messages."""
    came = [
        _came(message, says)
        for message, says in mails
        if message and (says.attachments or says.html)
    ]
    if came:
        tickets.attach_parts(came, at=at)


def _came(message: Message, says: Mail) -> Came:
    html = sanitised(says.html) or ""
    return Came(
        message=message,
        parts=parts_of(says),
        html=html,
        is_rich=is_rich(html),
        remote=remote_pictures(html),
    )


def parts_of(says: Mail) -> list[Part]:
    """Return the files of a mail as they are kept."""
    return [_part(file) for file in says.attachments]


def _part(file: Attachment) -> Part:
    return Part(
        name=file.name,
        content=Content(file.pieces),
        sha256=file.sha256,
        declared=file.type,
        inline=file.inline,
        content_id=file.content_id,
    )
