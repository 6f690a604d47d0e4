"""Records what is asked for and done on the telephone and in chats, for clocks to follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.tickets.actions.held import LONGEST, checked, hold
from answerable.tickets.core import calling
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Message, Ticket, TicketEvent


class Result(StrEnum):
    """What became of an attempt to call."""

    CONNECTED = calling.CONNECTED
    NO_ANSWER = calling.NO_ANSWER
    BUSY = calling.BUSY
    VOICEMAIL = calling.VOICEMAIL
    WRONG_NUMBER = calling.WRONG_NUMBER
    REFUSED = calling.REFUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A call that an agent made: when it rang, and what became of it.

    A call that was offered to an agent who did not take it is none (domain.md E74). Of one that
    was connected, `connected_at` and how long it lasted are needed; its summary may come later.
    `rang` is for how long it rang, where somebody measured it. `is_told`: that it is answered
    was recorded when it was.
    """

    result: Result
    dialed_at: datetime
    connected_at: datetime | None = None
    seconds: int = 0
    summary: str = ""
    rang: timedelta | None = None
    is_told: bool = False


class NotConnected(Exception):
    """A connected call needs the instant at which it was answered."""


@transaction.atomic
def ask_for_call(ticket: Ticket, *, contact: Contact | None, at: datetime) -> None:
    """Record that the customer asks to be called back."""
    _record(ticket, Verb.CALL_ASKED, contact=contact, at=at)


@transaction.atomic
def record_call_attempt(
    ticket: Ticket,
    attempt: Attempt,
    *,
    agent: Agent,
    rules: calling.Rules = calling.USUAL,
    at: datetime,
) -> None:
    """Record a call that was attempted, and that it was connected if it was.

    Each counts from its own instant; `at` is when this is recorded. The rules say whether it
    keeps what was promised of a call. What was said on a connected call is kept as a note
    (domain.md E5). Raises NotConnected or TooLong.
    """
    ticket, is_connected = hold(ticket), attempt.result == Result.CONNECTED
    if is_connected and attempt.connected_at is None:
        raise NotConnected
    events = [] if attempt.is_told else [_attempted(ticket, attempt, agent, rules, at)]
    if is_connected:
        events += [_connected(ticket, attempt, agent)]
        events += _noted(ticket, attempt.summary, agent, at)
    if events:
        record(*events)


@transaction.atomic
def record_call_answered(ticket: Ticket, *, dialed_at: datetime, agent: Agent) -> None:
    """Record at once that a customer answers a call that they asked for: nobody waits for it
    any more, however long they talk."""
    attempt = Attempt(result=Result.CONNECTED, dialed_at=dialed_at)
    record(_attempted(hold(ticket), attempt, agent, calling.USUAL, dialed_at))


def _attempted(
    ticket: Ticket, attempt: Attempt, agent: Agent, rules: calling.Rules, at: datetime
) -> TicketEvent:
    keeps = calling.keeps(rules, attempt.result, attempt.rang)
    data = {"result": attempt.result.value, "recorded_at": at.isoformat(), "keeps": keeps}
    return TicketEvent(
        ticket=ticket, verb=Verb.CALL_ATTEMPTED, agent=agent, at=attempt.dialed_at, data=data
    )


def _connected(ticket: Ticket, attempt: Attempt, agent: Agent) -> TicketEvent:
    return TicketEvent(
        ticket=ticket,
        verb=Verb.CALL_CONNECTED,
        agent=agent,
        at=attempt.connected_at or attempt.dialed_at,
        data={"seconds": attempt.seconds},
    )


def _noted(ticket: Ticket, summary: str, agent: Agent, at: datetime) -> list[TicketEvent]:
    if not summary.strip():
        return []
    note = ticket.messages.create(
        kind=Message.Kind.NOTE, agent=agent, body=checked(summary, LONGEST), written_at=at
    )
    return [TicketEvent(ticket=ticket, verb=Verb.NOTED, agent=agent, message=note, at=at)]


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
