"""The words of the mails that tell a customer how a promised reply went."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.channels.email import ours
from answerable.channels.email.texts import GREETING, Texts
from answerable.channels.email.words import Letter, automatic, tagged, written
from answerable.lib import times
from answerable.tickets.models import TicketEvent


def late(event: TicketEvent, contact: Contact, texts: Texts) -> Letter:
    """Return the mail that says that a guaranteed reply is late."""
    with translation.override(contact.language):
        says = _("This reply is late. It was due at {time}. The team has been told.")
        return _letter(event, contact, texts, (_("Our reply is late"), says))


def kept(event: TicketEvent, contact: Contact, texts: Texts) -> Letter:
    """Return the mail that says that a guaranteed reply came in time."""
    with translation.override(contact.language):
        says = _("The guaranteed reply was due at {time}, and came in time.")
        return _letter(event, contact, texts, (_("Promise kept"), says))


def _letter(
    event: TicketEvent, contact: Contact, texts: Texts, words: tuple[str, str]
) -> Letter:
    zone, due_at = ZoneInfo(contact.zone), datetime.fromisoformat(event.data["due_at"])
    time = times.with_offset(due_at, zone)
    lines = [
        texts.say(GREETING, name=contact.name),
        "",
        _("Your request “{subject}”:").format(subject=event.ticket.subject),
        words[1].format(time=time),
        "",
        ours.request_url(event.ticket),
        "",
        _("Which mails you get, you choose here: {url}").format(url=ours.preferences_url()),
    ]
    return written(automatic(lines), tagged(event.ticket, words[0]), texts)
