"""Queues the mails about a missed promise: that it is excused, and what came of an appeal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from answerable.accounts.models import Contact
from answerable.channels.email import miss_words, promise_words
from answerable.channels.email.actions.queueing import letter_to, queue
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.texts import Texts, current
from answerable.channels.email.words import Letter
from answerable.tickets.events import Verb
from answerable.tickets.models import Ticket, TicketEvent

# No program answers it, though a person caused it.
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
WORDS: dict[str, Callable[[TicketEvent, Contact, Texts], Letter]] = {
    Verb.EXCUSED: miss_words.excused,
    Verb.APPEAL_DECIDED: miss_words.appeal_decided,
    Verb.CLOCK_MISSED: promise_words.late,
    Verb.CLOCK_MET: promise_words.kept,
}
Mailed = Contact.Mailed
WANTED = {
    Verb.CLOCK_MISSED: (Mailed.LATE, Mailed.ALL),
    Verb.CLOCK_MET: (Mailed.ALL,),
}
REPLIES = ("first_response", "next_response")


def queue_notices(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Queue a notice to whoever appealed, else to whose request it is.

    How promises of a reply go is told to who wants to know; what is over needs no word.
    """
    told = [event for event in events if event.verb in WORDS and _is_told(event)]
    if not told:
        return
    texts = current()
    mails = [_notice(event, texts, at) for event in told]
    queue([mail for mail in mails if mail])


def _is_told(event: TicketEvent) -> bool:
    """Say whether a line is told by mail: of how a promise went, as its reader wants."""
    if event.verb not in WANTED:
        return True
    contact, data = event.ticket.requester, event.data
    is_reply = data.get("metric", REPLIES[0]) in REPLIES and data.get("kind") == "guarantee"
    is_wanted = contact is not None and contact.mailed_promises in WANTED[Verb(event.verb)]
    return is_reply and is_wanted and event.ticket.state != Ticket.State.RESOLVED


def _notice(event: TicketEvent, texts: Texts, at: datetime) -> OutgoingMail | None:
    contact = event.contact or event.ticket.requester
    if contact is None:
        return None
    letter = WORDS[event.verb](event, contact, texts)
    mail = letter_to(contact, OutgoingMail.Kind.NOTICE, f"event {event.pk}", letter, at)
    mail.ticket, mail.headers = event.ticket, AUTOMATIC
    return mail
