"""Chats as the tests of the desk need them, set up by what people really do."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from answerable.accounts.models import Agent, Contact
from answerable.channels.chat.actions import Line, begin_chat, say, take_chat
from answerable.channels.chat.models import Chat
from answerable.macros.actions import Wording, save_macro
from answerable.macros.core.staged import Act, as_data
from answerable.macros.models import Macro
from answerable.tickets.actions import Opening, Sender
from answerable.tickets.models import Ticket

TOKENS = count(1)


def asked(contact: Contact, body: str = "Exports fail", *, ago: int = 0) -> Chat:
    """Let a contact ask for a chat, some seconds ago."""
    opening = Opening(
        sender=Sender(contact=contact, channel=Ticket.Channel.CHAT),
        body=body,
        channel=Ticket.Channel.CHAT,
    )
    return begin_chat(opening, contact=contact, at=before(ago))


def taken(contact: Contact, agent: Agent, body: str = "Exports fail", *, ago: int = 0) -> Chat:
    """Let a contact ask for a chat, and an agent come at once."""
    return take_chat(asked(contact, body, ago=ago), agent=agent, at=before(ago))


def says(chat: Chat, person: Agent | Contact, body: str, *, ago: int = 0) -> int:
    """Let somebody say something, and return its number."""
    by = {"agent": person} if isinstance(person, Agent) else {"contact": person}
    token = f"test-{next(TOKENS)}"
    return say(chat, Line(body=body, token=token, **by), at=before(ago)).seq


def macro(by: Agent, name: str, body: str, language: str = "en", *acts: Act) -> Macro:
    """Keep a macro of everybody's, as a lead does."""
    made = Macro(name=name, acts=as_data(acts))
    return save_macro(made, Wording({language: body}), agent=by, at=timezone.now())


def before(seconds: int) -> datetime:
    """Return the instant some seconds ago."""
    return timezone.now() - timedelta(seconds=seconds)
