"""The words of the mail that tells a customer that we called and did not reach them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Contact
from answerable.channels.email import ours
from answerable.channels.email.texts import GREETING, Texts
from answerable.channels.email.words import Letter, automatic, tagged, written
from answerable.lib import times
from answerable.tickets.models import TicketEvent
from answerable.tickets.promised import guaranteed_by


def given_up(event: TicketEvent, contact: Contact, texts: Texts) -> Letter:
    """Return the mail that says that a request goes on in writing, and by when we reply."""
    ticket, zone = event.ticket, ZoneInfo(contact.zone)
    with translation.override(contact.language):
        due_at = guaranteed_by(ticket)
        by = _("Guaranteed reply by {time}.").format(
            time=times.with_offset(due_at, zone) if due_at else ""
        )
        lines = [
            texts.say(GREETING, name=contact.name),
            "",
            _tried(int(event.data["attempts"])),
            by if due_at else _("We reply as soon as we can."),
            "",
            _("Answer this mail, or go on here: {url}").format(url=ours.request_url(ticket)),
        ]
        return written(automatic(lines), tagged(ticket, ticket.subject), texts)


def _tried(attempts: int) -> str:
    if not attempts:
        return _("We could not call you. Your request goes on in writing.")
    words = ngettext(
        "We called {count} time and did not reach you. Your request goes on in writing.",
        "We called {count} times and did not reach you. Your request goes on in writing.",
        attempts,
    )
    return words.format(count=attempts)
