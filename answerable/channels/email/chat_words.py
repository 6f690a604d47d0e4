"""The words of mails with what was said in a chat: to who left it, or wants a copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent, Contact
from answerable.channels.email import ours
from answerable.channels.email.texts import GREETING, Texts
from answerable.channels.email.words import Letter, automatic, tagged, written
from answerable.lib import times
from answerable.tickets.models import Message, Ticket


def unseen(ticket: Ticket, said: Sequence[Message], contact: Contact, texts: Texts) -> Letter:
    """Return the mail with what we said in a chat after its customer had closed the page."""
    with translation.override(contact.language):
        lines = [
            texts.say(GREETING, name=contact.name),
            "",
            _("You closed the page of our chat. This is what was said since then:"),
            "",
            *_lines(said, ZoneInfo(contact.zone)),
            _("Answer this mail, or go on here: {url}").format(url=ours.request_url(ticket)),
        ]
        return written(automatic(lines), tagged(ticket, ticket.subject), texts)


def copy(
    ticket: Ticket, said: Sequence[Message], reader: Contact | Agent, texts: Texts
) -> Letter:
    """Return the mail with all that was said in a chat."""
    url = ours.request_url if isinstance(reader, Contact) else ours.desk_url
    with translation.override(reader.language):
        lines = [
            texts.say(GREETING, name=reader.name),
            "",
            _("This is what was said in the chat “{subject}”:").format(subject=ticket.subject),
            "",
            *_lines(said, ZoneInfo(reader.zone)),
            url(ticket),
        ]
        subject = _("Copy of our chat")
        return written(automatic(lines), tagged(ticket, subject), texts)


def _lines(said: Sequence[Message], zone: tzinfo) -> list[str]:
    lines: list[str] = []
    for message in said:
        lines += [f"{message.author}, {times.in_full(message.written_at, zone)}"]
        lines += [message.body or _("(deleted)"), ""]
    return lines
