"""The words of the mails about a missed promise: that it is excused, and about an appeal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import dateformat, translation
from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.channels.email import ours
from answerable.channels.email.texts import GREETING, Texts
from answerable.channels.email.words import Letter, automatic, support_name, tagged, written
from answerable.lib import times
from answerable.tickets.models import TicketEvent


def excused(event: TicketEvent, contact: Contact, texts: Texts) -> Letter:
    """Return the mail that says why a miss counts as excused, by whom, and how to object."""
    with translation.override(contact.language):
        subject = _("An exception was recorded for a promise we missed")
        greeting = texts.say(GREETING, name=contact.name)
        page = automatic([greeting, "", *_excused_lines(event, contact)])
        return written(page, tagged(event.ticket, subject), texts)


def appeal_decided(event: TicketEvent, contact: Contact, texts: Texts) -> Letter:
    """Return the mail that says what came of an appeal."""
    with translation.override(contact.language):
        subject = _("We took another look at the exception")
        greeting = texts.say(GREETING, name=contact.name)
        page = automatic([greeting, "", *_decided_lines(event, contact)])
        return written(page, tagged(event.ticket, subject), texts)


def _excused_lines(event: TicketEvent, contact: Contact) -> Iterator[str]:
    yield _(
        "On your request “{subject}” we missed a promise: it was due {time}. "
        "It stays on record as missed."
    ).format(subject=event.ticket.subject, time=_due(event, contact))
    yield ""
    yield _("{name} has recorded an exception of your plan for it:").format(
        name=event.agent.name if event.agent else support_name()
    )
    yield _(event.data["says"])
    yield event.data["words"]
    if event.data["evidence"]:
        yield _("Evidence: {evidence}").format(evidence=event.data["evidence"])
    if event.data["appealable"]:
        yield ""
        yield _("If you see it differently, ask for another look:")
        yield ours.request_url(event.ticket)


def _decided_lines(event: TicketEvent, contact: Contact) -> Iterator[str]:
    yield _(
        "You asked for another look at the exception for the promise that was due {time}. "
        "{name} has decided:"
    ).format(
        time=_due(event, contact), name=event.agent.name if event.agent else support_name()
    )
    yield ""
    yield (
        _("The exception is taken back. The promise counts as missed.")
        if event.data["upheld"]
        else _("The exception stands.")
    )
    yield event.data["words"]
    yield ""
    yield ours.request_url(event.ticket)


def _due(event: TicketEvent, contact: Contact) -> str:
    zone = ZoneInfo(contact.zone)
    due_at = datetime.fromisoformat(event.data["due_at"])
    day = dateformat.format(due_at.astimezone(zone), _("D j M Y"))
    return f"{day}, {times.with_offset(due_at, zone)}"
