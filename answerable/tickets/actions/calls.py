"""Records what is asked for and done on the telephone and in chats, for clocks to follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.tickets.actions.held import LONGEST, checked, hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Message, Ticket, TicketEvent


class Result(StrEnum):
    """What became of an attempt to call."""

    CONNECTED = "connected"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    VOICEMAIL = "voicemail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A call that an agent made: when it rang, and what became of it.

    A call that was offered to an agent who did not take it is none (domain.md E74). Of one that
    was connected, `connected_at`, how long it lasted, and a summary in words are needed.
    """

    result: Result
    dialed_at: datetime
    connected_at: datetime | None = None
    seconds: int = 0
    summary: str = ""


class NotConnected(Exception):
    """A connected call needs the instant at which it was answered."""


@transaction.atomic
def ask_for_call(ticket: Ticket, *, contact: Contact | None, at: datetime) -> None:
    """Record that the customer asks to be called back."""
    _record(ticket, Verb.CALL_ASKED, contact=contact, at=at)


@transaction.atomic
def record_call_attempt(
    ticket: Ticket, attempt: Attempt, *, agent: Agent, at: datetime
) -> None:
    """Record a call that was attempted, and that it was connected if it was.

    Each counts from its own instant; `at` is when this is recorded. What was said on a
    connected call is kept as a note (domain.md E5). Raises NotConnected, Empty or TooLong.
    """
    ticket = hold(ticket)
    data = {"result": attempt.result.value, "recorded_at": at.isoformat()}
    attempted = TicketEvent(
        ticket=ticket, verb=Verb.CALL_ATTEMPTED, agent=agent, at=attempt.dialed_at, data=data
    )
    if attempt.result != Result.CONNECTED:
        record(attempted)
        return
    if attempt.connected_at is None:
        raise NotConnected
    summary = ticket.messages.create(
        kind=Message.Kind.NOTE,
        agent=agent,
        body=checked(attempt.summary, LONGEST),
        written_at=at,
    )
    connected = TicketEvent(
        ticket=ticket,
        verb=Verb.CALL_CONNECTED,
        agent=agent,
        at=attempt.connected_at,
        data={"seconds": attempt.seconds},
    )
    noted = TicketEvent(ticket=ticket, verb=Verb.NOTED, agent=agent, message=summary, at=at)
    record(attempted, connected, noted)


@transaction.atomic
def ask_for_chat(ticket: Ticket, *, contact: Contact | None, at: datetime) -> None:
    """Record that the customer waits in a chat for somebody."""
    _record(ticket, Verb.CHAT_ASKED, contact=contact, at=at)


@transaction.atomic
def pick_up_chat(ticket: Ticket, *, agent: Agent, at: datetime) -> None:
    """Record that an agent is there, in the chat."""
    _record(ticket, Verb.CHAT_PICKED_UP, agent=agent, at=at)


@transaction.atomic
def leave_chat(ticket: Ticket, *, contact: Contact | None, at: datetime) -> None:
    """Record that the customer left a chat before anybody came (domain.md E81)."""
    _record(ticket, Verb.CHAT_LEFT, contact=contact, at=at)


def _record(
    ticket: Ticket,
    verb: Verb,
    *,
    at: datetime,
    agent: Agent | None = None,
    contact: Contact | None = None,
) -> None:
    record(TicketEvent(ticket=hold(ticket), verb=verb, agent=agent, contact=contact, at=at))
