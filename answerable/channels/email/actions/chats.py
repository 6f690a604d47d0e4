"""Queues the mails that a chat asks for: what its customer has not seen, and copies of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from answerable.accounts.models import Contact
from answerable.channels.email import chat_words
from answerable.channels.email.actions.noticing import AUTOMATIC
from answerable.channels.email.actions.queueing import letter_to, letter_to_agent, queue
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.texts import Texts, current
from answerable.tickets.events import Verb
from answerable.tickets.models import Message, TicketEvent

UNSEEN, AGENT = "unseen", "agent"


def queue_chats(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Queue what chats ask to be mailed; each line of the log that asks queues one mail."""
    asked = [
        event for event in events if event.verb == Verb.CHAT_MOVED and "mail" in event.data
    ]
    if asked:
        texts = current()
        mails = (_mail(event, texts, at) for event in asked)
        queue([mail for mail in mails if mail])


def _mail(event: TicketEvent, texts: Texts, at: datetime) -> OutgoingMail | None:
    said = _said(event)
    if event.data["to"] == AGENT:
        if event.agent is None:
            return None
        letter = chat_words.copy(event.ticket, said, event.agent, texts)
        return letter_to_agent(event, event.agent, letter, at)
    if event.contact is None or not event.contact.email:
        return None
    mail = _to_contact(event, event.contact, said, texts, at)
    mail.ticket = event.ticket
    return mail


def _to_contact(
    event: TicketEvent, contact: Contact, said: Sequence[Message], texts: Texts, at: datetime
) -> OutgoingMail:
    is_unseen = event.data["mail"] == UNSEEN
    words = chat_words.unseen if is_unseen else chat_words.copy
    letter = words(event.ticket, said, contact, texts)
    mail = letter_to(contact, OutgoingMail.Kind.NOTICE, f"chat {event.pk}", letter, at)
    if not is_unseen:
        mail.headers = AUTOMATIC
    return mail


def _said(event: TicketEvent) -> list[Message]:
    rows = Message.objects.filter(pk__in=event.data["messages"], ticket=event.ticket_id)
    found = rows.filter(kind__in=Message.PUBLIC).order_by("pk")
    return list(found.select_related("agent", "contact"))
