"""What a contact adds to a request, on whichever page: once, and in the chat they are in."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from uuid import uuid4

from django.forms import BaseForm
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language

from answerable.accounts.models import Contact
from answerable.channels.chat.actions import ChatOver, Line, say
from answerable.channels.chat.models import ChatEntry
from answerable.files.actions import Waiting
from answerable.intake.chat_words import script_words
from answerable.intake.chats import last_chat_on
from answerable.intake.sending import SAME_WITHIN, add, add_once, said_before
from answerable.tickets.models import Ticket

LONGEST_TOKEN = 64
SHOWN = ("you", "sending", "sent", "not_sent", "send_again", "empty", "over")


def say_plainly(
    contact: Contact,
    ticket: Ticket,
    body: str,
    files: Waiting,
    *,
    token: str = "",
    at: datetime,
) -> int:
    """Add to a request what a form brings: in the chat, where its person is in one on it.

    Return the number of the request that has it. The same `token` again is the same message;
    from a page without script, which has none, the same text within minutes is.
    """
    if not token and said_before(contact, ticket, body, since=at - SAME_WITHIN):
        return ticket.pk
    if token and (there := _said_in_chat(contact, token)):
        return there
    chat = last_chat_on(ticket, contact)
    if chat and chat.ended_at is None:
        with suppress(ChatOver):
            line = Line(body=body, token=token or uuid4().hex, contact=contact, files=files)
            return say(chat, line, at=at).chat.ticket_id
    if not token:
        return add(contact, ticket, body, files, at=at).ticket_id
    return add_once(contact, ticket, body, files, token=token, at=at).ticket_id


def token_in(said: str) -> str:
    """Return the token that a page sent, "" for what is none."""
    return said if len(said) <= LONGEST_TOKEN and said.isalnum() else ""


def problem_in(form: BaseForm) -> str:
    """Return why a message was not taken, in a sentence."""
    return next((str(error) for found in form.errors.values() for error in found), "")


def say_words() -> str:
    """Return what a page's script says of messages on their way, as text for it; and in which
    language and zone it tells when they were written."""
    words = script_words()
    told = {name: words[name] for name in SHOWN}
    facts = {"zone": str(get_current_timezone()), "language": get_language() or "en"}
    return json.dumps(told | facts)


def _said_in_chat(contact: Contact, token: str) -> int | None:
    """Return the request in whose chat a contact said something under a token, or None."""
    entries = ChatEntry.objects.filter(chat__contact=contact, token=token)
    return entries.values_list("chat__ticket", flat=True).first()
