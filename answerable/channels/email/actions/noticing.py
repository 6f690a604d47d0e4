"""Queues the mails to customers about what others did: a miss excused, an appeal decided, a
request to be confirmed, and one that was, a call that reached nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.db.models import prefetch_related_objects

from answerable.accounts.models import Contact
from answerable.channels.email import call_words, confirm_words, miss_words, promise_words
from answerable.channels.email.actions.queueing import letter_to, queue
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.texts import Texts, current
from answerable.channels.email.words import Letter
from answerable.tickets.events import Verb
from answerable.tickets.models import Ticket, TicketEvent

# No program answers it, though a person caused it.
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
MOVED = {Verb.CLOCK_RETARGETED, Verb.CLOCK_STARTED}
WORDS: dict[str, Callable[[TicketEvent, Contact, Texts], Letter]] = {
    Verb.EXCUSED: miss_words.excused,
    Verb.APPEAL_DECIDED: miss_words.appeal_decided,
    Verb.CLOCK_MISSED: promise_words.late,
    Verb.CLOCK_MET: promise_words.kept,
    Verb.CALL_GIVEN_UP: call_words.given_up,
    Verb.CALL_ATTEMPTED: call_words.missed,
}
CONFIRMING = {Verb.ENDORSEMENT_ASKED, Verb.ENDORSED}
Mailed = Contact.Mailed
WANTED = {
    Verb.CLOCK_MISSED: (Mailed.LATE, Mailed.ALL),
    Verb.CLOCK_MET: (Mailed.ALL,),
}
REPLIES = ("first_response", "next_response")


def queue_notices(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Queue a notice to whoever appealed, else to whose request it is; to each colleague who
    is asked to confirm one.

    How promises of a reply go is told to who wants to know; what is over needs no word.
    """
    likely = [e for e in events if e.verb in {*WORDS, *CONFIRMING} and _may_be_told(e)]
    # However many promises were missed at once, whose they are is asked once.
    prefetch_related_objects([e.ticket for e in likely if e.verb in WANTED], "requester")
    told = [event for event in likely if _is_wanted(event)]
    if not told:
        return
    texts = current()
    mails = [mail for event in told for mail in _mails(event, texts, at)]
    queue([mail for mail in mails if mail])


def _may_be_told(event: TicketEvent) -> bool:
    """Say whether a line may be told by mail: of promises, how guarantees of a reply went; of
    calls, the first that reached nobody."""
    data = event.data
    if event.verb == Verb.CALL_ATTEMPTED:
        return call_words.first_missed(event) is not None
    is_reply = data.get("metric", REPLIES[0]) in REPLIES and data.get("kind") == "guarantee"
    is_open = event.ticket.state != Ticket.State.RESOLVED
    return event.verb not in WANTED or (is_reply and is_open)


def _is_wanted(event: TicketEvent) -> bool:
    """Say whether whoever is told of a line wants a mail of it."""
    contact = event.ticket.requester
    if event.verb == Verb.CALL_ATTEMPTED:
        return contact is not None and contact.mailed_replies
    if event.verb not in WANTED:
        return True
    return contact is not None and contact.mailed_promises in WANTED[Verb(event.verb)]


def _mails(event: TicketEvent, texts: Texts, at: datetime) -> Iterator[OutgoingMail | None]:
    if event.verb == Verb.ENDORSEMENT_ASKED:
        for contact in Contact.objects.filter(pk__in=event.data["asked"], left_at=None):
            letter = confirm_words.asked(event, contact, texts)
            yield _written(event, contact, letter, at)
    elif event.verb == Verb.ENDORSED:
        yield _confirmed(event, texts, at)
    else:
        yield _notice(event, texts, at)


def _confirmed(event: TicketEvent, texts: Texts, at: datetime) -> OutgoingMail | None:
    """Return the mail that says from when on a guarantee holds; none where none came of it."""
    lines = TicketEvent.objects.filter(ticket=event.ticket, verb__in=MOVED, at=event.at)
    line = lines.filter(data__kind="guarantee").order_by("-pk").first()
    contact = event.ticket.requester
    if line is None or contact is None or contact == event.contact:
        return None
    due_at = datetime.fromisoformat(line.data["due_at"])
    return _written(event, contact, confirm_words.confirmed(event, contact, due_at, texts), at)


def _notice(event: TicketEvent, texts: Texts, at: datetime) -> OutgoingMail | None:
    contact = event.contact or event.ticket.requester
    if contact is None:
        return None
    return _written(event, contact, WORDS[event.verb](event, contact, texts), at)


def _written(
    event: TicketEvent, contact: Contact, letter: Letter, at: datetime
) -> OutgoingMail:
    cause = f"event {event.pk}"
    if event.verb == Verb.ENDORSEMENT_ASKED:
        cause = f"{cause} contact {contact.pk}"
    mail = letter_to(contact, OutgoingMail.Kind.NOTICE, cause, letter, at)
    mail.ticket, mail.headers = event.ticket, AUTOMATIC
    return mail
