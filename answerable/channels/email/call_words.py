"""The words of the mails that tell a customer that we called and did not reach them."""

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
from answerable.tickets.models import Callback, TicketEvent
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


def missed(event: TicketEvent, contact: Contact, texts: Texts) -> Letter:
    """Return the mail that says that we called, when we try again, and how to change that."""
    ticket, zone = event.ticket, ZoneInfo(contact.zone)
    call = first_missed(event)
    again_at = call.again_at if call else None
    with translation.override(contact.language):
        tried = _("We called at {time} and did not reach you. We try again at {again}.")
        lines = [
            texts.say(GREETING, name=contact.name),
            "",
            tried.format(
                time=times.with_offset(event.at, zone),
                again=times.with_offset(again_at or event.at, zone),
            ),
            "",
            _("Change the number, be called now, or cancel: {url}").format(url=ours.call_url()),
        ]
        return written(automatic(lines), tagged(ticket, ticket.subject), texts)


def first_missed(event: TicketEvent) -> Callback | None:
    """Return the call whose first attempt a line tells of, if it is made again; else None."""
    calls = Callback.objects.waiting().exclude(again_at=None)
    return calls.filter(ticket=event.ticket_id, first_attempt_at=event.at).first()


def _tried(attempts: int) -> str:
    if not attempts:
        return _("We could not call you. Your request goes on in writing.")
    words = ngettext(
        "We called {count} time and did not reach you. Your request goes on in writing.",
        "We called {count} times and did not reach you. Your request goes on in writing.",
        attempts,
    )
    return words.format(count=attempts)
