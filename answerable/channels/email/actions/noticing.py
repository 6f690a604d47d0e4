"""Queues the mails about a missed promise: that it is excused, and what came of an appeal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from answerable.accounts.models import Contact
from answerable.channels.email import miss_words
from answerable.channels.email.actions.queueing import letter_to, queue
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.texts import Texts, current
from answerable.channels.email.words import Letter
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

# No program answers it, though a person caused it.
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
WORDS: dict[str, Callable[[TicketEvent, Contact, Texts], Letter]] = {
    Verb.EXCUSED: miss_words.excused,
    Verb.APPEAL_DECIDED: miss_words.appeal_decided,
}


def queue_notices(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Queue a notice to whoever appealed, else to whose request it is."""
    told = [event for event in events if event.verb in WORDS]
    if not told:
        return
    texts = current()
    mails = [_notice(event, texts, at) for event in told]
    queue([mail for mail in mails if mail])


def _notice(event: TicketEvent, texts: Texts, at: datetime) -> OutgoingMail | None:
    contact = event.contact or event.ticket.requester
    if contact is None:
        return None
    letter = WORDS[event.verb](event, contact, texts)
    mail = letter_to(contact, OutgoingMail.Kind.NOTICE, f"event {event.pk}", letter, at)
    mail.ticket, mail.headers = event.ticket, AUTOMATIC
    return mail
