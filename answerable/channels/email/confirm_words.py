"""The words of the mails about a request that a colleague is asked to confirm."""

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


def asked(event: TicketEvent, contact: Contact, texts: Texts) -> Letter:
    """Return the mail that asks a colleague to confirm a request, so that what they are
    promised holds for it."""
    ticket, asker = event.ticket, event.contact.name if event.contact else ""
    with translation.override(contact.language):
        subject = _("{name} asks you to confirm #{number}.")
        lines = [
            texts.say(GREETING, name=contact.name),
            "",
            subject.format(name=asker, number=ticket.pk),
            f"“{ticket.subject}”",
            "",
            _("It was sent without a guaranteed time, and we work on it already."),
            _("If you confirm it, your guaranteed time applies, counted from then."),
            "",
            ours.confirm_url(ticket),
        ]
        heading = tagged(ticket, _("{name} asks you to confirm").format(name=asker))
        return written(automatic(lines), heading, texts)


def confirmed(event: TicketEvent, contact: Contact, due_at: datetime, texts: Texts) -> Letter:
    """Return the mail that tells whose request it is by when a reply is guaranteed now."""
    ticket, zone = event.ticket, ZoneInfo(contact.zone)
    name = event.contact.name if event.contact else ""
    with translation.override(contact.language):
        due = times.moment(due_at, event.at, zone)
        lines = [
            texts.say(GREETING, name=contact.name),
            "",
            _("Confirmed by {name} at {time}. Guaranteed reply by {due}.").format(
                name=name, time=times.clock_time(event.at, zone), due=due
            ),
            "",
            ours.request_url(ticket),
        ]
        subject = _("Confirmed: guaranteed reply by {due} ({city})").format(
            due=due, city=times.city(zone)
        )
        return written(automatic(lines), tagged(ticket, subject), texts)
